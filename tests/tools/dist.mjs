// What `npm run dist` runs: builds the program and packages it for the system it runs on; `-- --dir` makes only the
// folder. Where ELECTRON_OVERRIDE_DIST_PATH names an Electron, that one is packaged. Ends by reading back what it made.
import { Arch, build as packageApp, Platform } from 'electron-builder'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { configuration } from '../../electron/builder.config.mjs'
import { fuseFile, FUSES, readFuses } from '../../electron/main/fuses.ts'
import { build } from '../../electron/main/build.ts'

const root = join(import.meta.dirname, '..', '..')
const { values } = parseArgs({
  options: { dir: { type: 'boolean', default: false }, arch: { type: 'string', default: process.arch } },
})

const platform = { win32: Platform.WINDOWS, darwin: Platform.MAC }[process.platform] ?? Platform.LINUX
const folderOnly = values.dir || platform === Platform.LINUX
const arch = { x64: Arch.x64, arm64: Arch.arm64 }[values.arch]
if (arch === undefined) throw new Error(`unknown architecture: ${values.arch}`)

if (!build(root)) process.exit(1)

const given = process.env.ELECTRON_OVERRIDE_DIST_PATH
const electron = given
  ? { electronDist: given, electronVersion: readFileSync(join(given, 'version'), 'utf8').trim() }
  : {}
await packageApp({
  projectDir: root,
  targets: platform.createTarget(folderOnly ? 'dir' : null, arch),
  publish: 'never',
  config: { ...configuration, ...electron },
})
await readBack()

/** What was made is what was meant: fuses, one archive, native code outside, no sources, nothing of another system. */
async function readBack() {
  const suffix = values.arch === 'x64' ? '' : `-${values.arch}`
  const names = { win32: `win${suffix}-unpacked`, darwin: `mac${suffix}` }
  const appOutDir = join(root, 'dist', names[process.platform] ?? `linux${suffix}-unpacked`)
  const executables = { win32: 'Yewutai', darwin: configuration.productName }
  const executable = executables[process.platform] ?? configuration.linux.executableName
  const fuses = await readFuses(fuseFile({ appOutDir, electronPlatformName: process.platform, executable }))
  for (const [name, wanted] of FUSES) {
    if (name in fuses && fuses[name] !== wanted) throw new Error(`fuse ${name} is ${fuses[name]}, not ${wanted}`)
  }
  const resources =
    process.platform === 'darwin'
      ? join(appOutDir, `${executable}.app`, 'Contents/Resources')
      : join(appOutDir, 'resources')
  const unpacked = files(join(resources, 'app.asar.unpacked'))
  const strange = unpacked.filter((path) => !path.endsWith('.node'))
  if (strange.length > 0) throw new Error(`outside the archive: ${strange.join(', ')}`)
  if (existsSync(join(resources, 'app'))) throw new Error('the program lies outside the archive')
  const listed = execFileSync(
    process.execPath,
    [join(root, 'node_modules/@electron/asar/bin/asar.js'), 'list', join(resources, 'app.asar')],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    },
  ).split('\n')
  const unwanted = listed.filter((path) =>
    /\.map$|^\/(tests|shared|renderer|electron)\b|node_modules\/(antd|echarts|react)\//.test(path),
  )
  if (unwanted.length > 0) throw new Error(`packaged by mistake: ${unwanted.slice(0, 5).join(', ')}`)
  // One piece missing would be found by nobody before the first name that needs it.
  const pieces = readdirSync(join(root, 'node_modules/hanamin')).filter(
    (name) => name.includes('Extension-') && name.startsWith('HanaMinB'),
  )
  const lacking = ['HanaMin.css', ...pieces].filter((name) => !listed.includes(`/resources/fonts/rare/${name}`))
  if (lacking.length > 0) throw new Error(`not packaged: ${lacking.slice(0, 5).join(', ')}`)
  const megabytes = (bytes) => `${Math.round(bytes / 1_048_576)} MB`
  console.log(`${appOutDir}: ${Object.keys(fuses).length} fuses as in the table`)
  console.log(`app.asar ${megabytes(statSync(join(resources, 'app.asar')).size)}, native files: ${unpacked.length}`)
}

function files(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
