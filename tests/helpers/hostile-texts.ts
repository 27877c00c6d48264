/** Texts as an attacker, a broken import or an odd keyboard would leave them in a name field; the same on every run. */
const SEEDS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg><image href="/etc/passwd"/></svg>',
  '{"svg":"<svg/>"}',
  '{"image":"/etc/passwd"}',
  '{"text":"x","link":"http://127.0.0.1/"}',
  '{{constructor.constructor("return process")()}}',
  '${process.env.HOME}',
  '#{7*7}',
  "=cmd|'/c calc'!A0",
  '=HYPERLINK("http://127.0.0.1","x")',
  '+1+1',
  '-2+3',
  '@SUM(1)',
  '\t=1',
  "'=1",
  'file:///etc/passwd',
  '../../../../etc/passwd',
  '..\\..\\windows\\system32',
  'data:image/svg+xml;base64,PHN2Zy8+',
  'javascript:alert(1)',
  "'; DROP TABLE customers; --",
  '" OR 1=1 --',
  '%s%s%n',
  '\\u0000\\x00',
  '(/Type/Action/S/JavaScript/JS(app.alert(1)))',
  'endobj 1 0 obj <</S/URI/URI(http://x)>>',
  ') Tj ET BT (',
  '<</Launch>>',
  '_x0041_x000D_',
  '重庆“渝机”（配件）有限公司',
  '𠮷野家 𬭎 㛃 䶮',
  '👍🏽👩‍👩‍👧‍👦',
  '\u202egnp.exe',
  '\u2066\u200b\u200d\ufeff',
  '\u0000\u0001\u0007\u001b[31m',
  '\ud800 \udc00 x',
  'e\u0301e\u0301 Zalgo\u0336\u0337\u0338',
  'ﷺ العربية עברית',
  '\r\n\r\n\u2028\u2029',
  ' 　\u00a0 ',
  'A'.repeat(300),
  '字'.repeat(400),
  '，。；：'.repeat(30),
  '0',
  'NaN',
  'null',
  '__proto__',
  'constructor',
  '-0',
]

export function hostileTexts(count: number): string[] {
  const out: string[] = []
  for (let i = 0; out.length < count; i += 1) {
    const seed = SEEDS[i % SEEDS.length] as string
    const round = Math.floor(i / SEEDS.length)
    const other = SEEDS[(i * 7 + round * 3) % SEEDS.length] as string
    out.push(round === 0 ? seed : round % 2 === 1 ? `${seed}${other}${round}` : `${round}\n${seed} ${other}`)
  }
  return out
}
