import type { z } from 'zod'

/** A small deterministic random source, so that a failing message can be made again from its seed. */
export function randomSource(seed: number) {
  let state = seed >>> 0 || 1
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  return {
    next,
    int: (below: number) => Math.floor(next() * below),
    pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T,
  }
}
export type RandomSource = ReturnType<typeof randomSource>

/** Strings that real fields take; whatever a field accepts of them is used. */
const STRINGS = [
  '重庆商贸有限公司',
  '张三',
  'zhangsan',
  'A-1',
  'HT',
  '2026-05-20',
  '2026-05',
  '13800138000',
  '023-12345678',
  'someone@example.com',
  '91350100M000100Y43',
  'https://example.com',
  'a long enough pass phrase',
  'Asia/Shanghai',
  '6222020200112233445',
  '26502000000012345678',
  '',
]

/** A value that the schema accepts, built by walking it; ids are taken from `ids` so that real rows are hit. */
export function validInput(schema: z.ZodType, random: RandomSource, ids: readonly string[]): unknown {
  const def = (schema as unknown as { _zod: { def: Record<string, unknown> & { type: string } } })._zod.def
  const inner = () => validInput(def['innerType'] as z.ZodType, random, ids)
  switch (def.type) {
    case 'object': {
      const out: Record<string, unknown> = {}
      for (const [key, field] of Object.entries(def['shape'] as Record<string, z.ZodType>)) {
        const value = validInput(field, random, ids)
        if (value !== undefined) out[key] = value
      }
      return out
    }
    case 'string': {
      const candidates = [...ids, ...STRINGS].filter((text) => schema.safeParse(text).success)
      return candidates.length > 0 ? random.pick(candidates) : 'x'
    }
    case 'number': {
      const candidates = [0, 1, 2, 3, 10, 50, 500, 1300, 5000, 10_000, 1_000_000].filter(
        (n) => schema.safeParse(n).success,
      )
      return candidates.length > 0 ? random.pick(candidates) : 1
    }
    case 'boolean':
      return random.next() < 0.5
    case 'enum':
      return random.pick(Object.values(def['entries'] as Record<string, string>))
    case 'literal':
      return random.pick(def['values'] as unknown[])
    case 'array':
      return Array.from({ length: exactLength(def) ?? 1 + random.int(2) }, () =>
        validInput(def['element'] as z.ZodType, random, ids),
      )
    case 'tuple':
      return (def['items'] as z.ZodType[]).map((item) => validInput(item, random, ids))
    case 'record':
      return {}
    case 'optional':
      return random.next() < 0.5 ? undefined : inner()
    case 'nullable':
      return random.next() < 0.3 ? null : inner()
    case 'default':
    case 'prefault':
      return random.next() < 0.5 ? undefined : inner()
    case 'readonly':
    case 'nonoptional':
    case 'catch':
      return inner()
    case 'union':
      return validInput(random.pick(def['options'] as z.ZodType[]), random, ids)
    case 'intersection':
      return {
        ...(validInput(def['left'] as z.ZodType, random, ids) as object),
        ...(validInput(def['right'] as z.ZodType, random, ids) as object),
      }
    case 'pipe': {
      const from = def['in'] as z.ZodType
      const candidates = [...ids, ...STRINGS].filter((text) => schema.safeParse(text).success)
      return candidates.length > 0 ? random.pick(candidates) : validInput(from, random, ids)
    }
    case 'lazy':
      return validInput((def['getter'] as () => z.ZodType)(), random, ids)
    case 'file':
      return new File(['name\nfirst'], 'list.csv', { type: 'text/csv' })
    case 'null':
      return null
    default:
      return undefined
  }
}

/** How long a list must be, where its schema says so. */
function exactLength(def: Record<string, unknown>): number | undefined {
  const checks = (def['checks'] ?? []) as { _zod: { def: { check: string; length?: number } } }[]
  return checks.find((one) => one._zod.def.check === 'length_equals')?._zod.def.length
}

const POISON: readonly unknown[] = [
  null,
  undefined,
  true,
  -1,
  0.5,
  1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.MAX_SAFE_INTEGER,
  2 ** 53,
  '',
  ' ',
  '\u0000',
  '\u200b零宽',
  '\u202eevil',
  '１２３４',
  '=1+1',
  '<script>alert(1)</script>',
  "'; DROP TABLE users; --",
  '../../etc/passwd',
  '2026-02-30',
  'x'.repeat(10_000),
  '𠮷'.repeat(200),
  [],
  {},
  [[[[]]]],
  { $ne: null },
  JSON.parse('{"__proto__":{"polluted":true}}'),
  JSON.parse('{"constructor":{"prototype":{"polluted":true}}}'),
  new Date(0),
  123n,
]

/** A bad value of its own: what is handed out may be changed again by the next mutation. */
function poison(random: RandomSource): unknown {
  return structuredClone(random.pick(POISON))
}

/** Changes one to three places of a valid input: a value replaced, a key dropped, a key added. */
export function mutate(input: unknown, random: RandomSource): unknown {
  const copy = structuredClone(input)
  let holder: { value: unknown } = { value: copy }
  const times = 1 + random.int(3)
  for (let i = 0; i < times; i += 1) holder = { value: mutateOnce(holder.value, random) }
  return holder.value
}

function mutateOnce(value: unknown, random: RandomSource): unknown {
  if (value instanceof File || value === null || typeof value !== 'object') return poison(random)
  const target = value as Record<string, unknown>
  const keys = Object.keys(target)
  const choice = random.next()
  if (Array.isArray(value)) {
    if (keys.length === 0 || choice < 0.2) return [...(value as unknown[]), poison(random)]
    if (choice < 0.35) return (value as unknown[]).slice(1)
  } else if (keys.length === 0 || choice < 0.15) {
    const name = random.pick(['extra', '__proto__', 'constructor', 'toString', '0'])
    Object.defineProperty(target, name, {
      value: poison(random),
      enumerable: true,
      configurable: true,
      writable: true,
    })
    return value
  }
  const key = random.pick(keys)
  if (choice < 0.3) {
    delete target[key]
    return value
  }
  const field = target[key]
  if (field !== null && typeof field === 'object' && choice < 0.8) target[key] = mutateOnce(field, random)
  else target[key] = random.next() < 0.6 ? plausible(field, random) : poison(random)
  return value
}

/** Another value of the same kind: it passes the schema and meets the rules behind it. */
function plausible(value: unknown, random: RandomSource): unknown {
  if (typeof value === 'string') return random.pick(STRINGS)
  if (typeof value === 'number') return random.pick([0, 1, 2, 7, 100, 99_999])
  return typeof value === 'boolean' ? !value : value
}
