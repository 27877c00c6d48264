import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAppProtocol, isInside, pageFor, requestPath } from '#main/app-protocol.ts'
import { dataDir } from '#main/places.ts'
import { updateFeed } from '#main/updater.ts'
import { staticManifest } from '#core/hosts/static-files.ts'

let root = ''
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yewutai-pages-'))
  root = join(folder, 'renderer')
  mkdirSync(join(root, 'assets'), { recursive: true })
  mkdirSync(join(folder, 'renderer-evil'))
  writeFileSync(join(root, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">')
  writeFileSync(join(root, 'assets', 'main.js'), 'export {}')
  writeFileSync(join(root, 'assets', 'icon-1.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(join(folder, 'secret.txt'), 'SECRET')
  writeFileSync(join(folder, 'renderer-evil', 'secret.txt'), 'SECRET')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const open = (takeFile: (ticket: string) => Promise<null> = async () => null) =>
  createAppProtocol({ root, takeFile, devServer: null, fetch: () => Promise.reject(new Error('no fetch')) })

/** Every way written down to climb out of a folder, put before every thing worth reading. */
function traversals(): string[] {
  const climbs = [
    '../',
    '..%2f',
    '..%2F',
    '%2e%2e/',
    '%2e%2e%2f',
    '%2E%2E%2F',
    '..%5c',
    '..\\',
    '%2e%2e%5c',
    '..%252f',
    '%252e%252e%252f',
    '....//',
    '..;/',
    '.%2e/',
    '%2e./',
    '..%00/',
    '..%c0%af',
    '%c0%ae%c0%ae/',
    '..%u2215',
    '/../',
    '//',
    './../',
    '..%09/',
    'assets/../../',
    'assets/%2e%2e/%2e%2e/',
    'assets/..%2f..%2f',
    '~/',
    'C:/',
    'C:%5c',
    'file:///',
  ]
  const targets = [
    'secret.txt',
    'renderer-evil/secret.txt',
    'etc/passwd',
    '%00secret.txt',
    'secret.txt%00.js',
    'secret.txt#.js',
    'secret.txt?.js',
  ]
  return climbs.flatMap((climb) => targets.map((target) => `app://ui/${climb}${target}`))
}

describe('files of the protocol', () => {
  it('serves the page with a fresh nonce, and built files by their kind', async () => {
    const serve = open()
    const nonces = new Set<string>()
    for (let i = 0; i < 3; i++) {
      const page = await serve(new Request('app://ui/'))
      const nonce = /content="([^"]+)"/.exec(await page.text())?.[1] ?? ''
      expect(page.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`)
      expect(page.headers.get('x-content-type-options')).toBe('nosniff')
      expect(page.headers.get('cache-control')).toBe('no-store')
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(3)
    const script = await serve(new Request('app://ui/assets/main.js'))
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    const route = await serve(new Request('app://ui/customers/019a-1?sort=name'))
    expect(route.headers.get('content-type')).toContain('text/html')
    // What the page is made of stands at the root, also for a page at a deeper address.
    const icon = await serve(new Request('app://ui/assets/icon-1.svg'))
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
    expect((await serve(new Request('app://ui/customers/assets/icon-1.svg'))).status).toBe(404)
  })

  it('gives nothing away on 200 ways out of the folder', async () => {
    const serve = open()
    const ways = traversals()
    expect(ways.length).toBeGreaterThanOrEqual(200)
    for (const way of ways) {
      // As Chromium would send it, and as it stands: a broken sender does not normalise.
      const answers = [await serve(new Request(way)), await serve({ url: way, method: 'GET' } as Request)]
      for (const answer of answers) expect(await answer.text(), way).not.toContain('SECRET')
      const path = requestPath(way)
      const file = path === null ? null : pageFor(staticManifest(root), path)
      if (file !== null) expect(isInside(root, file.path), way).toBe(true)
    }
  })

  it('compares folders by the way between them, not by how their names begin', () => {
    expect(isInside('/data', '/data/a')).toBe(true)
    expect(isInside('/data', '/data-evil/a')).toBe(false)
    expect(isInside('/data', '/data/../etc')).toBe(false)
    expect(isInside('/data', '/data')).toBe(false)
    expect(isInside('/data/', '/data/..a')).toBe(false)
  })

  it('answers reading only, and its own pages only', async () => {
    const serve = open()
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      expect((await serve({ url: 'app://ui/', method } as Request)).status).toBe(405)
    }
    for (const url of ['app://evil/', 'app://ui.evil/', 'https://ui/', 'app://ui@evil/']) {
      expect((await serve({ url, method: 'GET' } as Request)).status, url).toBe(403)
    }
  })

  it('hands a ticket to the core and the file out as a download', async () => {
    const bytes = new TextEncoder().encode('%PDF-')
    const seen: string[] = []
    const serve = createAppProtocol({
      root,
      devServer: null,
      fetch: () => Promise.reject(new Error('no fetch')),
      takeFile: async (ticket) => {
        seen.push(ticket)
        return ticket === 'abc' ? { name: '合同 1.pdf', mime: 'application/pdf', bytes } : null
      },
    })
    const answer = await serve(new Request('app://ui/files/abc'))
    expect(answer.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''%E5%90%88%E5%90%8C%201.pdf")
    expect(await answer.text()).toBe('%PDF-')
    expect((await serve(new Request('app://ui/files/no'))).status).toBe(404)
    expect(seen).toEqual(['abc', 'no'])
  })
})

describe('places', () => {
  it('keeps data out of roaming and synchronised folders', () => {
    const home = '/home/a'
    expect(dataDir({ platform: 'linux', env: {}, home })).toBe('/home/a/.local/share/yewutai')
    expect(dataDir({ platform: 'darwin', env: {}, home })).toBe('/home/a/Library/Application Support/Yewutai')
    expect(dataDir({ platform: 'win32', env: { LOCALAPPDATA: '/local' }, home })).toBe('/local/Yewutai')
    expect(dataDir({ platform: 'win32', env: { APPDATA: '/roaming' }, home })).not.toContain('roaming')
    expect(dataDir({ platform: 'linux', env: { YEWUTAI_DATA_DIR: '/else' }, home })).toBe('/else')
  })
})

describe('updates', () => {
  it('are off without a feed, and refused where a signature would go unchecked', () => {
    expect(updateFeed('', 'win32')).toBe('off')
    expect(updateFeed('provider: generic\n', 'win32')).toBe('off')
    expect(updateFeed('url: http://firm.example/\npublisherName: A\n', 'win32')).toBe('unsafe')
    expect(updateFeed('url: https://firm.example/\n', 'win32')).toBe('unsafe')
    expect(updateFeed('url: https://firm.example/\npublisherName:\n', 'win32')).toBe('unsafe')
    expect(updateFeed('url: https://firm.example/\npublisherName:\n  - A Ltd\n', 'win32')).toBe('on')
    expect(updateFeed('url: https://firm.example/\npublisherName: A Ltd\n', 'win32')).toBe('on')
    expect(updateFeed('url: https://firm.example/\n', 'darwin')).toBe('on')
  })
})
