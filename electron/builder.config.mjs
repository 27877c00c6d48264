// How the program is packaged: Windows installer for all users of the computer, macOS disk image; Linux only as a folder,
// for tests. Used by `npm run dist`.
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { LOADED_PACKAGES } from './loaded-packages.mjs'
import { fuseFile, setFuses } from './main/fuses.ts'

const root = join(import.meta.dirname, '..')
const { productName } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** Packages of production that the built program does not load, by the lock file. */
function notLoaded() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const needed = new Set()
  const visit = (name, from) => {
    // As Node looks for it: from the innermost folder outwards.
    for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
      const path = `${at === '' ? '' : `${at}/`}node_modules/${name}`
      const found = packages[path]
      if (found) {
        if (needed.has(path)) return
        needed.add(path)
        const names = { ...found.dependencies, ...found.optionalDependencies }
        for (const next of Object.keys(names)) visit(next, path)
        return
      }
      if (at === '') return
    }
  }
  for (const name of LOADED_PACKAGES) visit(name, '')
  return Object.entries(packages)
    .filter(([path, entry]) => path !== '' && !entry.dev && !needed.has(path))
    .map(([path]) => path)
}

const FONT = 'node_modules/@expo-google-fonts/noto-sans-sc'
/** Drawn for characters that the font above lacks; of its pieces only those with such characters. */
const RARE = 'node_modules/hanamin'
const driver = 'node_modules/better-sqlite3-multiple-ciphers'
const feed = process.env.YEWUTAI_UPDATE_FEED
const publisher = process.env.YEWUTAI_PUBLISHER

/** @type {import('electron-builder').Configuration} */
export const configuration = {
  appId: 'cn.yewutai.desktop',
  productName,
  copyright: 'Copyright © 2026 Yewutai',
  directories: { output: 'dist', buildResources: 'resources/icons' },
  artifactName: 'Yewutai-${version}-${os}-${arch}.${ext}',
  files: [
    'package.json',
    'out/**',
    '!out/.built',
    '!out/main/web-server.js',
    'resources/**',
    '!resources/icons/icon.ic{o,ns}',
    ...notLoaded().map((path) => `!${path}{,/**}`),
    `!${driver}/{deps,src}{,/**}`,
    `!${driver}/binding.gyp`,
    `!${driver}/prebuilds/!(\${platform}-\${arch}.node)`,
    '!node_modules/pdfmake/{build,src,fonts,standard-fonts}{,/**}',
    '!node_modules/exceljs/dist{,/**}',
    '!node_modules/**/*.{md,map,ts,mts,cts,flow,markdown}',
    '!node_modules/**/{test,tests,__tests__,example,examples,docs,benchmarks}{,/**}',
    { from: `${FONT}/400Regular`, to: 'resources/fonts', filter: ['*.ttf'] },
    { from: `${FONT}/700Bold`, to: 'resources/fonts', filter: ['*.ttf'] },
    {
      from: RARE,
      to: 'resources/fonts/rare',
      filter: ['HanaMin.css', 'HanaMinB.CJK-Unified-Ideographs-Extension-*.woff2'],
    },
  ],
  asar: { smartUnpack: false },
  // Integrity covers what is in the archive; only native code must lie outside.
  asarUnpack: ['**/*.node'],
  npmRebuild: false,
  electronLanguages: ['zh-CN', 'zh-TW', 'en-US'],
  publish: feed ? { provider: 'generic', url: feed } : null,
  afterPack: async ({ appOutDir, electronPlatformName, packager }) => {
    const executable =
      electronPlatformName === 'darwin' ? packager.appInfo.productFilename : (packager.executableName ?? 'Yewutai')
    await setFuses(fuseFile({ appOutDir, electronPlatformName, executable }))
    // Left behind where an unpacked Electron is packaged; nothing would load it.
    await rm(join(appOutDir, 'resources', 'default_app.asar'), { force: true })
  },
  win: {
    target: [{ target: 'nsis', arch: ['x64'] }],
    icon: 'resources/icons/icon.ico',
    executableName: 'Yewutai',
    requestedExecutionLevel: 'asInvoker',
    // Without a name of the publisher the updater would not check the signature; the updater then stays off.
    ...(publisher ? { signtoolOptions: { publisherName: publisher } } : {}),
  },
  nsis: {
    oneClick: false,
    // Into a folder that its users cannot write to.
    perMachine: true,
    allowElevation: true,
    allowToChangeInstallationDirectory: false,
    deleteAppDataOnUninstall: false,
    license: 'resources/LICENSE.txt',
    installerLanguages: ['zh_CN', 'zh_TW', 'en_US'],
    shortcutName: productName,
  },
  mac: {
    target: [{ target: 'dmg', arch: ['x64', 'arm64'] }],
    icon: 'resources/icons/icon.icns',
    category: 'public.app-category.business',
    hardenedRuntime: true,
    extendInfo: { NSAppTransportSecurity: { NSAllowsArbitraryLoads: false } },
  },
  linux: { target: 'dir', icon: 'resources/icons/icon.png', category: 'Office', executableName: 'yewutai' },
}
