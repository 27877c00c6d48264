import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PROJECT } from '#tests/helpers/sources.ts'

interface LockEntry {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly link?: boolean
  readonly hasInstallScript?: boolean
  readonly optionalDependencies?: Record<string, string>
  readonly inBundle?: boolean
  readonly optional?: boolean
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly libc?: readonly string[]
}

interface Manifest {
  readonly dependencies: Record<string, string>
  readonly devDependencies: Record<string, string>
  readonly allowScripts: Record<string, boolean>
}

const read = <T>(name: string) => JSON.parse(readFileSync(join(PROJECT, name), 'utf8')) as T
const { packages } = read<{ packages: Record<string, LockEntry> }>('package-lock.json')
const manifest = read<Manifest>('package.json')
const entries = Object.entries(packages).filter(([path]) => path !== '')
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** Whether a package is where Node would find it from another: beside it, or in a folder further out. */
function isFound(from: string, name: string): boolean {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`]) return true
    if (at === '') return false
  }
}

/** What the lock file must never let in. */
describe('supply chain', () => {
  it('knows every package by its sha512', () => {
    const without = entries.filter(([, e]) => !e.inBundle && !e.integrity?.startsWith('sha512-'))
    // Tools of development for other systems, which the registry did not offer where the lock was made: they are named,
    // because npm ci refuses a lock that leaves them out, and they can never be installed where the checks run.
    const elsewhere = /^@((napi-rs\/canvas|(oxc-parser|oxfmt|oxlint)\/binding)-|oxlint-tsgolint\/)/
    const here = without.filter(
      ([path, e]) =>
        !elsewhere.test(nameOf(path)) ||
        !e.optional ||
        ((e.os ?? ['linux']).includes('linux') && (e.cpu ?? ['x64']).includes('x64') && !e.libc?.includes('musl')),
    )
    expect(here.map(([path]) => path)).toEqual([])
  })

  it('names what every optional package of a package is, so that npm ci accepts it', () => {
    const missing = entries.flatMap(([path, e]) =>
      Object.keys(e.optionalDependencies ?? {}).filter((name) => !isFound(path, name)),
    )
    expect(missing).toEqual([])
  })

  it('takes packages from the registry over https and from nowhere else', () => {
    const others = entries.filter(([, e]) => e.link || (e.resolved !== undefined && !e.resolved.startsWith('https://')))
    expect(others.map(([path]) => path)).toEqual([])
    const fromElsewhere = entries.filter(([, e]) =>
      /^(git|github:|file:|https?:(?!\/\/[^/]+\/.+\.tgz$))/.test(e.resolved ?? ''),
    )
    expect(fromElsewhere.map(([path]) => path)).toEqual([])
  })

  it('names direct packages by exact version; the one alias is the second compiler', () => {
    const direct = { ...manifest.dependencies, ...manifest.devDependencies }
    const inexact = Object.entries(direct).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
    expect(inexact).toEqual([['typescript-7', expect.stringMatching(/^npm:typescript@\d+\.\d+\.\d+$/)]])
    for (const [name, version] of Object.entries(direct)) {
      expect(packages[`node_modules/${name}`]?.version, name).toBe(version.replace('npm:typescript@', ''))
    }
  })

  it('ships at most 40 packages of its own choice', () => {
    expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(40)
  })

  it('keeps all of oRPC at the one version', () => {
    const found = entries.filter(([path]) => nameOf(path).startsWith('@orpc/'))
    expect(found.length).toBeGreaterThan(3)
    expect(new Set(found.map(([, e]) => e.version))).toEqual(new Set(['1.16.1']))
  })

  it('has none of the banned packages', () => {
    const banned =
      /^(@antv\/.*|echarts-for-react|size-sensor|timeago\.js|xlsx|event-stream|flatmap-stream|node-ipc|colors|faker|moment|request)$/
    expect(entries.map(([path]) => nameOf(path)).filter((name) => banned.test(name))).toEqual([])
  })

  it('decides about every package that wants to run something while it is installed', () => {
    const wanting = entries.filter(([, e]) => e.hasInstallScript).map(([path]) => nameOf(path))
    expect(wanting.filter((name) => manifest.allowScripts[name] === undefined)).toEqual([])
    const allowed = Object.entries(manifest.allowScripts).filter(([, yes]) => yes)
    // Only the Node that the scripts run on.
    expect(allowed).toEqual([['node', true]])
  })
})
