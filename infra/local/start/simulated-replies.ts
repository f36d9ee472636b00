/** What some people write back to a text, in their language; invented, so that each kind of reply is seen. */
export const replyTexts = {
  promises: { en: 'I will pay it in full on Friday', es: 'pago todo el viernes', zh: '我周五全部还清' },
  stops: { en: 'STOP', es: 'BAJA', zh: '退订' },
  isSomebodyElse: { en: 'you have the wrong number', es: 'número equivocado', zh: '你打错了' },
  hasPaid: { en: 'already paid yesterday', es: 'ya pagué ayer', zh: '昨天已经还了' },
  wantsLink: { en: 'send me the link', es: 'mándeme el enlace', zh: '怎么还款' },
  isHardUp: {
    en: 'I lost my job and cannot pay',
    es: 'perdí mi trabajo y no puedo pagar',
    zh: '失业了还不上',
  },
  isUnclear: { en: 'hm', es: 'mmm', zh: '呃' },
} as const;
export type SimulatedReply = keyof typeof replyTexts;

/** The words of a reply in the language of the text that it answers. */
export function replyIn(reply: SimulatedReply, locale: string): string {
  const texts = replyTexts[reply];
  if (locale.startsWith('zh')) return texts.zh;
  return locale.startsWith('es') ? texts.es : texts.en;
}
