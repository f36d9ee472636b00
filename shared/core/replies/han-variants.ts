/**
 * Traditional characters and what the mainland writes for them, pair by pair: those that replies about debts use. Words
 * are compared in the simplified form, so that one table serves both; which form a text has tells Hans from Hant.
 */
const pairs =
  '後后來来個个們们為为會会說说對对時时這这還还過过開开關关電电話话錢钱繳缴還还賬账帳账單单問问題题請请謝谢誰谁麼么嗎吗' +
  '號号碼码訊讯簡简傳传訂订閱阅復复恢恢繼继續续發发聯联絡络係系繫系絕绝擾扰煩烦騷骚語语詐诈騙骗盜盗遺遗卡卡戶户證证' +
  '實实際际無无沒没幫帮讓让給给從从與与啟启動动機机專专員员業业務务轉转帳账匯汇銀银行行額额數数餘余總总費费息息罰罚' +
  '減减協协調调歸归償偿債债負负責责權权報报警警檢检舉举訴诉訟讼當当應应該该約约禮礼拜拜週周點点鐘钟間间後后幾几萬万' +
  '億亿兩两塊块圓圆貳贰參叁伍伍陸陆領领薪薪資资遣遣裁裁員员職职場场廠厂倉仓關关閉闭藥药醫医療疗養养護护殘残殮殓喪丧' +
  '遲迟緩缓寬宽擔担憂忧極极難难過过壓压緊紧窮穷災灾風风颱台淹淹損损壞坏車车駕驾騎骑飛飞國国際际長长門门親亲媽妈爺爷' +
  '奶奶婦妇夫夫兒儿孫孙歲岁葬葬離离婚婚認认識识錯错誤误變变換换號号聽听講讲談谈議议論论詢询處处理理辦办詳详細细' +
  '確确認认記记錄录據据憑凭網网鏈链連连結结線线頁页面面點点擊击開开壞坏鍵键輸输選选擇择滿满意意評评價价態态度度劣劣' +
  '惡恶極极嚇吓罵骂髒脏閒闲靜静氣气憤愤怒怒辭辞師师務务代代經经紀纪託托權权繼继承承遺遗產产書书狀状聲声請请破破' +
  '產产聲声更更生生執执達达裏里裡里邊边樣样麵面幹干乾干淨净條条東东華华陳陈張张劉刘黃黄趙赵吳吴楊杨許许鄭郑蘇苏葉叶' +
  '盧卢羅罗蔣蒋蕭萧賴赖鍾钟龍龙馬马鳥鸟魚鱼龜龟齊齐歡欢樂乐愛爱覺觉見见視视觀观現现環环況况準准備备優优惠惠傷伤' +
  '擬拟隨随隱隐險险屬属層层彈弹強强徵征復复態态慶庆應应戰战戶户拋抛掛挂採采換换搶抢撥拨攜携收收敗败敵敌斷断於于' +
  '暫暂曆历條条榮荣樓楼標标樞枢橋桥檔档歐欧歷历殺杀氣气決决沖冲況况測测滅灭滿满漲涨潔洁濟济濤涛灣湾為为烏乌營营爭争' +
  '牽牵獎奖獨独獲获產产畢毕異异畫画癌癌監监盤盘礎础禍祸種种積积稱称穩稳競竞筆笔節节範范築筑籤签糧粮紅红級级純纯紙纸' +
  '終终組组絲丝給给統统經经維维綱纲緣缘編编縮缩織织纖纤罷罢羣群義义習习聞闻肅肃脫脱腦脑腳脚臉脸臨临興兴舊旧艱艰' +
  '藝艺蘭兰虧亏蟲虫補补製制複复規规覽览觸触訪访設设詞词試试詩诗誠诚誌志誰谁課课諒谅諮咨講讲譯译護护讀读貝贝財财貨货' +
  '販贩貪贪購购貴贵買买貸贷貿贸賀贺賓宾賞赏賠赔賣卖質质贏赢趕赶跡迹踐践車车軍军軟软較较載载輕轻輛辆輪轮農农迴回遠远' +
  '適适遷迁邏逻邊边鄉乡醜丑釋释別别説说卻却殯殡憶忆懇恳棄弃倆俩蝕蚀併并佔占僱雇儘尽擱搁疊叠噁恶塗涂姊姐劃划勝胜勞劳勢势區区厭厌戲戏搖摇撿捡曬晒樹树漸渐煙烟燙烫犧牺睏困礙碍緊紧纏缠腫肿臺台莊庄誇夸謙谦僅仅凍冻創创鑽钻針针鈔钞鉤钩銷销鋪铺錶表鎖锁鎮镇鑰钥閃闪閱阅隊队陽阳陰阴階阶雖虽雙双雜杂雞鸡雲云' +
  '靈灵韓韩響响頂顶項项順顺須须預预頭头頻频顆颗願愿顧顾顯显類类飯饭飲饮館馆驗验驚惊髮发鬆松鬧闹麗丽麥麦黨党嚐尝' +
  '賴赖妳你您您佢他哋们嘅的冇没唔不嚟来俾给畀给喺在係系咗了邊边蚊块嘢事囉啰囑嘱囘回噹当嘆叹嚴严囑嘱團团園园圍围圖图' +
  '墊垫執执堅坚報报場场壟垄壯壮夠够夢梦奪夺奮奋媽妈嬰婴學学寧宁審审寫写尋寻導导將将尷尴屆届島岛幣币幫帮幹干廣广' +
  '廢废廳厅張张彎弯徹彻徑径從从恆恒悅悦惱恼慘惨慣惯憐怜憑凭懶懒懷怀懸悬戀恋掃扫揮挥撐撑撤撤擁拥擋挡擠挤攔拦攝摄' +
  '敘叙斃毙暈晕暢畅槍枪樸朴機机權权欄栏歎叹殘残淚泪淒凄渾浑湊凑溝沟滾滚漢汉潛潜澤泽瀏浏灑洒炸炸燈灯燒烧爛烂爺爷' +
  '狀状猶犹獄狱瑣琐瘋疯癒愈癡痴皺皱盡尽眾众瞭了禪禅窩窝竄窜筆笔簽签簾帘紛纷絆绊綁绑緒绪緝缉締缔縣县繁繁繩绳繪绘' +
  '繞绕罵骂聰聪職职膚肤艙舱蒼苍蓋盖蔽蔽薦荐藍蓝蘋苹術术衛卫衝冲裝装襲袭訓训託托註注詭诡該该誘诱誠诚誣诬諾诺謀谋' +
  '謊谎證证譽誉讚赞豐丰貫贯貼贴賊贼賭赌賺赚贈赠蹟迹躍跃軌轨轟轰辯辩迫迫逾逾違违遞递遙遥鄰邻釘钉鈴铃錄录鏡镜鐵铁' +
  '閣阁闆板闖闯陣阵陸陆隻只霧雾靜静頓顿頗颇頸颈顏颜飄飘餐餐餓饿饒饶駁驳駐驻騎骑騰腾驅驱鬥斗鬱郁鴨鸭鹽盐';

const [toSimplified, simplifiedOnly] = readPairs(pairs);

function readPairs(text: string): readonly [ReadonlyMap<string, string>, ReadonlySet<string>] {
  const traditional = new Map<string, string>();
  const simplified = new Set<string>();
  const chars = Array.from(text);
  for (let index = 0; index + 1 < chars.length; index += 2) {
    const [from = '', to = ''] = [chars[index], chars[index + 1]];
    if (from === to) continue;
    traditional.set(from, to);
    simplified.add(to);
  }
  // A few simplified forms are traditional characters of their own, and tell nothing.
  for (const both of '后里面台回板了只志制表松系干复准注于斗朴郁布谷几才千云咨块他们的没不来给在并占姐困')
    simplified.delete(both);
  return [traditional, simplified];
}

/** The simplified form of a character, or the character itself. */
export function simplified(char: string): string {
  return toSimplified.get(char) ?? char;
}

/** `Hans` or `Hant` where a character belongs to one script alone. */
export function scriptOf(char: string): 'Hans' | 'Hant' | undefined {
  if (toSimplified.has(char)) return 'Hant';
  return simplifiedOnly.has(char) ? 'Hans' : undefined;
}
