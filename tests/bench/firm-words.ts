import type { CustomerFields } from '#shared/modules/customers/customers.schema.ts'
import { GRADES, KINDS, SIZES, SOURCES, STAGES } from '#shared/modules/customers/customers.schema.ts'
import { usccCheckCharacter } from '#shared/kernel/uscc.ts'
import type { RandomSource } from '#tests/helpers/valid-input.ts'

const PLACES = [
  '重庆',
  '成都',
  '贵阳',
  '昆明',
  '西安',
  '武汉',
  '长沙',
  '绵阳',
  '宜宾',
  '遵义',
  '杭州',
  '宁波',
  '无锡',
  '佛山',
]
const FIRST = [...'兴巨恒金华瑞天渝鼎宏博长东海新安永嘉泰盛国凯润德和信友利普康']
const SECOND = [...'川力通桥盛峰工达新图远江方润诚泰丰业旺昌源宇辉腾翔捷锐联创科']
const TRADES = ['机械制造', '工程机械', '农机', '矿山设备', '汽车零部件', '电机', '减速机', '风机', '水泵', '包装机械']
const FORMS = ['有限公司', '有限责任公司', '股份有限公司', '厂']
const SURNAMES = [...'陈刘黄罗何唐邓曾彭谢蒋蔡赵钱孙李周吴郑王']
const GIVEN = ['建军', '海燕', '明', '志伟', '丽华', '国庆', '小红', '永强', '秀英', '俊杰', '晓东', '雪梅']

/** Two characters that stand in about one firm's name of nine hundred: a search for them reads nearly everything. */
export const RARE_WORD = `${FIRST[0]}${SECOND[0]}`
/** Two characters that stand in about one name of fourteen. */
export const COMMON_WORD = PLACES[0] as string

/** The file of the nth customer, filled as an office would; names vary enough that searches find few or many. */
export function customerFieldsOf(n: number, random: RandomSource, ownerId: string): CustomerFields {
  const place = random.pick(PLACES)
  const brand = random.pick(FIRST) + random.pick(SECOND)
  const name = `${place}${brand}${random.pick(TRADES)}${random.pick(FORMS)}`
  const body = `91500${String(100_000_000 + n).slice(1)}${String(1000 + random.int(9000))}`
  const taxId = body + (usccCheckCharacter(body) ?? '')
  const phone = `023-${60_000_000 + random.int(9_999_999)}`
  const address = `${place}市高新区工业大道 ${1 + random.int(300)} 号`
  return {
    name,
    shortName: place + brand,
    uscc: taxId,
    kind: random.pick(KINDS),
    industry: '机械',
    stage: random.pick(STAGES.filter((stage) => stage !== 'rejected')),
    grade: random.pick(GRADES),
    source: random.pick(SOURCES),
    size: random.pick(SIZES),
    region: place,
    address,
    phone,
    website: '',
    needs: '轴承、链条、密封件，每季一批',
    note: '',
    campaignId: null,
    rejectReason: '',
    rejectNote: '',
    tags: [],
    addresses: [],
    ownerId,
    invoice: {
      title: name,
      taxId,
      address,
      phone,
      bankName: `中国银行${place}分行`,
      bankAccount: `62220202${100_000_000 + n}`,
    },
    contacts: [
      {
        name: random.pick(SURNAMES) + random.pick(GIVEN),
        title: '采购经理',
        phone: '',
        mobile: `139${String(100_000_000 + random.int(99_999_999)).slice(1)}`,
        email: '',
        wechat: '',
        decisionRole: 'decides',
        primary: true,
        consentBasis: 'contract',
        consentDay: null,
        birthday: null,
      },
    ],
    fields: {},
  } as CustomerFields
}

/** The sales staff of the big firm: a hundred. */
export const STAFF = [...'张李王赵孙周吴郑冯陈'].flatMap((family) =>
  [...'三四五六七八九十伟静'].map((given) => family + given),
)
