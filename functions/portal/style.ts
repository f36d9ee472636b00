import { createHash } from 'node:crypto';

/** The pages' one style. Plain rules that a browser of ten years ago draws alike; no picture, no font, nothing from elsewhere. */
export const style = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:#f3f5f7;color:#16202a;font:1.0625rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","PingFang SC","PingFang TC","Microsoft YaHei",sans-serif;overflow-wrap:break-word}
a{color:#0b4f8a}
header,main,footer{max-width:36rem;margin:0 auto;padding:0 1rem}
.top{background:#0b2f52;color:#fff}
.top header{padding-top:.9rem;padding-bottom:.9rem}
.name{margin:0;font-weight:700;font-size:1.125rem}
main{padding-top:1.25rem;padding-bottom:2rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}
h2{font-size:1.1875rem;line-height:1.3;margin:0 0 .5rem}
p{margin:0 0 .9rem}
.back{display:inline-block;padding:.5rem 0;margin-bottom:.5rem}
.card{background:#fff;border:1px solid #d4dbe2;border-radius:.5rem;padding:1rem;margin:0 0 1.25rem}
.card>:last-child{margin-bottom:0}
.sum{margin:0 0 .9rem}
.sum div{padding:.35rem 0;border-bottom:1px solid #e6ebf0}
.sum div:after{content:"";display:table;clear:both}
.sum dt{float:left;color:#4a5866}
.sum dd{margin:0;text-align:right;font-weight:600}
.note{border-left:4px solid #0b4f8a;background:#eaf2f9;padding:.7rem .9rem;margin:0 0 .9rem}
.good{border-left:4px solid #1d7044;background:#e9f5ee;padding:.9rem;margin:0 0 1.25rem}
.rows{list-style:none;margin:0 0 1.25rem;padding:0;border-top:1px solid #d4dbe2}
.rows a{display:block;position:relative;padding:.8rem 1.5rem .8rem .25rem;border-bottom:1px solid #d4dbe2;min-height:3rem}
.rows a:after{content:"›";position:absolute;right:.4rem;top:.8rem}
.card .rows:last-child a{border-bottom:0}
.card .rows li:last-child a{border-bottom:0}
h3{font-size:1rem;margin:1.25rem 0 .4rem;color:#4a5866}
.field{margin:0 0 1.25rem;padding:0;border:0;min-width:0}
.field>label,legend{display:block;font-weight:600;margin:0 0 .25rem;padding:0}
.hint{color:#4a5866;margin:0 0 .4rem;font-size:.9375rem}
.bad{border-left:4px solid #b3261e;padding-left:.75rem}
.problem{color:#a01b14;font-weight:600;margin:0 0 .4rem}
input[type=text],input[type=date],select,textarea{display:block;width:100%;min-height:3rem;padding:.55rem .7rem;border:2px solid #5b6977;border-radius:.35rem;background:#fff;color:#16202a;font:inherit}
textarea{min-height:6.5rem}
form{margin:0 0 1.5rem}
form>.pick{margin-bottom:.75rem}
.sum.stacked dt{float:none}
.sum.stacked dd{text-align:left}
.short{max-width:15rem}
select.short{max-width:20rem}
.parts span{display:inline-block;margin-right:.6rem;vertical-align:top}
.parts label{display:block;font-size:.9375rem}
.parts input[type=text]{width:4.5rem}
.parts .year input[type=text]{width:6rem}
.pick{position:relative;padding:.65rem 0 .65rem 2.5rem;min-height:3rem}
.pick input{position:absolute;left:.25rem;top:.8rem;width:1.5rem;height:1.5rem;margin:0}
.pick label{display:block}
button,.button{display:block;width:100%;min-height:3.25rem;padding:.8rem 1rem;border:2px solid #0b4f8a;border-radius:.35rem;background:#0b4f8a;color:#fff;font:inherit;font-weight:700;text-align:center;text-decoration:none;cursor:pointer}
.quiet{background:#fff;color:#0b4f8a}
.summary{border:3px solid #b3261e;border-radius:.35rem;background:#fff;padding:1rem;margin:0 0 1.25rem}
.summary ul{margin:0;padding-left:1.2rem}
.summary a{color:#a01b14;font-weight:600}
a:focus,button:focus,input:focus,select:focus,textarea:focus,.summary:focus{outline:3px solid #f2a900;outline-offset:2px;box-shadow:0 0 0 2px #16202a}
footer{padding-top:1rem;padding-bottom:2rem;border-top:1px solid #d4dbe2;font-size:.9375rem}
.langs{list-style:none;margin:0 0 .5rem;padding:0}
.langs li{display:inline-block;margin-right:1rem}
.langs a,.langs span,footer p a{display:inline-block;padding:.6rem 0}
table{width:100%;border-collapse:collapse;margin:0 0 1.25rem;background:#fff}
th,td{text-align:left;padding:.5rem .6rem;border-bottom:1px solid #d4dbe2}
td.figure,th.figure{text-align:right}
caption{text-align:left;font-weight:600;padding:0 0 .4rem}
@media (min-width:30rem){.wide{width:auto;min-width:14rem}}
`;

/** By which the policy of the pages lets this style pass, and no other. */
export const styleHash = `sha256-${createHash('sha256').update(style).digest('base64')}`;
