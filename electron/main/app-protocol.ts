import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { isAbsolute, relative, resolve } from 'node:path'
import { pageWithNonce, securityHeaders, staticManifest, type StaticFile } from '#core/hosts/static-files.ts'
import type { FileContent } from '#core/kernel/files.ts'
import { isOwnPage } from './security.ts'

export interface PageSource {
  /** Folder of the built renderer. */
  readonly root: string
  takeFile(ticket: string): Promise<FileContent | null>
  /** The build's own server while developing. */
  readonly devServer: URL | null
  fetch(address: string): Promise<Response>
}

/**
 * Answers every `app://ui` request: a built page or file, a one-time file, or nothing. What is not on the list of
 * built files does not exist, whatever the address looks like.
 */
export function createAppProtocol(source: PageSource): (request: Request) => Promise<Response> {
  const files = source.devServer === null ? staticManifest(source.root) : new Map<string, StaticFile>()

  async function ticketed(ticket: string): Promise<Response> {
    const file = await source.takeFile(ticket)
    if (file === null) return refused(404)
    return new Response(file.bytes as Uint8Array<ArrayBuffer>, {
      headers: {
        ...securityHeaders('none'),
        'content-type': file.mime,
        'content-length': String(file.bytes.byteLength),
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      },
    })
  }

  async function built(path: string): Promise<Response> {
    const file = pageFor(files, path)
    if (file === null || !isInside(source.root, file.path)) return refused(404)
    const nonce = randomBytes(16).toString('base64')
    const body = file.type.startsWith('text/html')
      ? pageWithNonce(file.path, nonce)
      : new Uint8Array(await readFile(file.path))
    return new Response(body, { headers: { ...securityHeaders(nonce), 'content-type': file.type } })
  }

  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refused(405)
    if (!isOwnPage(request.url)) return refused(403)
    const path = requestPath(request.url)
    if (path === null) return refused(400)
    if (path.startsWith('/files/')) return ticketed(path.slice('/files/'.length))
    if (source.devServer !== null)
      return source.fetch(new URL(request.url.slice('app://ui'.length), source.devServer).href)
    return built(path)
  }
}

/** The path as a key of the list of files; null for anything that tries to be more than that. */
export function requestPath(address: string): string | null {
  const raw = /^app:\/\/ui(\/[^?#]*)?/.exec(address)?.[1] ?? '/'
  // Decoded twice: an address that still changes the second time hides something.
  try {
    const path = decodeURIComponent(raw)
    const odd = /[\\\p{Cc}]/u.test(path) || path.includes('//') || path.split('/').some((p) => p === '..' || p === '.')
    return odd || decodeURIComponent(path) !== path ? null : path
  } catch {
    return null
  }
}

/** The file of this path; the page itself for the addresses of the program's own router. */
export function pageFor(files: ReadonlyMap<string, StaticFile>, path: string): StaticFile | null {
  return files.get(path) ?? (path.includes('.') ? null : (files.get('/index.html') ?? null))
}

/** Whether `path` lies in `root`. Compared by the way from one to the other, so `/data-evil` is not in `/data`. */
export function isInside(root: string, path: string): boolean {
  const way = relative(resolve(root), resolve(path))
  return way !== '' && !way.startsWith('..') && !isAbsolute(way)
}

function refused(status: number): Response {
  return new Response(null, { status, headers: securityHeaders('none') })
}
