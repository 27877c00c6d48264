/**
 * Who may import whom: the table of the architecture as rules. `npm run check` draws nothing and forgives nothing.
 */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })
const npm = (...names) => names.map((name) => `^node_modules/(\\.pnpm/)?${name}(/|$)`)
const notNpm = (...names) => ({ dependencyTypes: NPM, pathNot: npm(...names) })
const NPM = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown']

module.exports = {
  forbidden: [
    rule('no-cycle', 'no cycles but of types', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    rule('no-unresolved', 'every import leads somewhere', {}, { couldNotResolve: true }),
    rule(
      'no-dev-in-product',
      'what is shipped uses no development package',
      { path: '^(electron|renderer|shared)/', pathNot: '^(electron/(launch\\.mjs|builder\\.config\\.mjs)|electron/(main|preload)/)' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only', 'type-import'] },
    ),

    rule('shared-alone', 'shared imports only shared', { path: '^shared/' }, { path: '^(electron|renderer|tests)/' }),
    rule('shared-pure', 'shared knows no machine', { path: '^shared/' }, { dependencyTypes: ['core'] }),
    rule(
      'shared-npm',
      'shared imports zod and temporal-polyfill',
      { path: '^shared/', pathNot: '^shared/(rpc|i18n)/|^shared/kernel/search-text\\.ts$|\\.contract\\.ts$' },
      notNpm('zod', 'temporal-polyfill'),
    ),
    rule('shared-rpc-npm', 'the contract is made with oRPC', { path: '^shared/rpc/|^shared/.*\\.contract\\.ts$' }, notNpm('zod', '@orpc/contract')),
    rule('shared-i18n-npm', 'words are found with i18next', { path: '^shared/i18n/' }, notNpm('i18next', 'temporal-polyfill')),
    rule('shared-search-npm', 'pinyin in one file', { path: '^shared/kernel/search-text\\.ts$' }, notNpm('pinyin-pro')),
    rule('shared-kernel-below', 'the kernel knows no module', { path: '^shared/(kernel|policy|i18n)/' }, { path: '^shared/(modules|rpc)/' }),
    rule(
      'shared-modules-apart',
      'a module sees of another only its schema',
      { path: '^shared/modules/([^/]+)/' },
      { path: '^shared/modules/([^/]+)/', pathNot: ['^shared/modules/$1/', '\\.(schema|rules|format)\\.ts$'] },
    ),

    rule('core-not-electron', 'the core runs without Electron', { path: '^electron/(core|workers)/' }, { path: [...npm('electron'), '^electron/(main|preload)/'] }),
    rule('core-not-renderer', 'the core shows nothing', { path: '^electron/' }, { path: '^(renderer|tests)/' }),
    rule(
      'core-modules-apart',
      'a module reaches another only through its api',
      { path: '^electron/core/modules/([^/]+)/' },
      { path: '^electron/core/modules/([^/]+)/', pathNot: ['^electron/core/modules/$1/', '\\.api\\.ts$'] },
    ),
    rule('kernel-below', 'the kernel and the store know no module', { path: '^electron/core/(kernel|store)/' }, { path: '^electron/core/(modules|rpc|hosts)/' }),
    rule('migrations-frozen', 'a migration depends on nothing that changes', { path: '^electron/core/store/migrations/\\d' }, { path: '^(shared|electron)/', pathNot: '^electron/core/store/(migrations|migrate)' }),
    rule('rpc-in-place', 'oRPC is known to few', { path: '^electron/core/', pathNot: '^electron/core/(rpc|hosts)/|start-core\\.ts$|\\.router\\.ts$' }, { path: npm('@orpc/[^/]+') }),
    rule('workers-apart', 'workers have no data file', { path: '^electron/workers/' }, { path: '^electron/core/(store|modules|rpc|hosts)/' }),
    rule('driver-in-place', 'the driver is known to the store', { pathNot: '^(electron/core/store|tests)/' }, { path: npm('better-sqlite3-multiple-ciphers') }),
    rule('main-thin', 'the windows know the core by its door', { path: '^electron/(main|preload)/' }, { path: '^electron/core/', pathNot: '^electron/core/(start-core\\.ts|hosts/|kernel/(deps|files)\\.ts)' }),
    rule('main-no-modules', 'the windows know no module', { path: '^electron/(main|preload)/' }, { path: '^shared/modules/' }),
    rule('preload-small', 'a sandboxed preload imports Electron alone', { path: '^electron/preload/' }, { path: '.', pathNot: [...npm('electron'), '^electron/preload/'] }),

    rule('renderer-alone', 'pages reach the core by the contract', { path: '^renderer/' }, { path: '^(electron|tests)/' }),
    rule('renderer-no-machine', 'pages have no Node', { path: '^renderer/' }, { dependencyTypes: ['core'] }),
    rule('renderer-orpc', 'oRPC only in renderer/rpc', { path: '^renderer/', pathNot: '^renderer/rpc/' }, { path: npm('@orpc/[^/]+') }),
    rule('renderer-dexie', 'Dexie only in renderer/local', { path: '^renderer/', pathNot: '^renderer/local/' }, { path: npm('dexie') }),
    rule('renderer-echarts', 'charts only in the kit', { path: '^renderer/', pathNot: '^renderer/ui/' }, { path: npm('echarts', 'pdfjs-dist') }),
    rule('kit-below', 'the kit knows no page', { path: '^renderer/ui/' }, { path: ['^renderer/(modules|app)/', '^shared/modules/'] }),
    rule(
      'renderer-modules-apart',
      'a page uses of another module only its parts',
      { path: '^renderer/modules/([^/]+)/' },
      { path: '^renderer/modules/([^/]+)/', pathNot: ['^renderer/modules/$1/', '^renderer/modules/[^/]+/(parts/|[^/]+\\.queries\\.ts)'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.(json|css)$' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.d.ts'],
    },
  },
}
