/** The layers of docs/architecture.md as rules: what a folder may import. */

const OURS = '^(main|renderer|shared|test)/'

/** Folder -> the folders of ours it may use besides itself. */
const LAYERS = {
  shared: [],
  renderer: ['shared'],
  'main/lib': ['shared'],
  'main/engine': ['shared'],
  'main/remote': ['shared', 'main/engine/ports\\.ts', 'main/target/document-api\\.ts'],
  'main/log': ['shared', 'main/remote/redact\\.ts'],
  'main/watch': ['shared', 'main/engine/(ports|wake-up)\\.ts'],
  'main/store': ['shared', 'main/engine/ports\\.ts', 'main/watch/ports\\.ts'],
  'main/target': ['shared', 'main/engine'],
  'main/compose': [
    'shared',
    'main/engine',
    'main/log',
    'main/remote',
    'main/store',
    'main/target',
    'main/watch',
  ],
  // Watching itself is joined in main/compose; what is said of a rule comes from where it is decided.
  'main/host': [
    'shared',
    'main/watch/(check-rule|survey-selection|ports)\\.ts',
    'main/compose',
    'main/engine',
    'main/log',
    'main/remote',
    'main/store',
    'main/target',
  ],
  'main/web': [
    'shared',
    'main/host',
    'main/compose',
    'main/engine',
    'main/log',
    'main/remote',
    'main/store',
  ],
  'main/cli': [
    'shared',
    'main/web',
    'main/compose',
    'main/engine',
    'main/log',
    'main/remote',
    'main/store',
    'main/target',
    'main/watch',
    'package\\.json',
  ],
  'main/shell': [
    'shared',
    'main/host',
    'main/compose',
    'main/engine',
    'main/log',
    'main/remote',
    'main/store',
    'main/target',
    'main/watch',
  ],
}

const layerRules = Object.entries(LAYERS).map(([folder, allowed]) => ({
  name: `layer-${folder.replace('/', '-')}`,
  comment: `${folder} may use itself${allowed.length > 0 ? ` and ${allowed.join(', ')}` : ' only'}`,
  severity: 'error',
  from: { path: `^${folder}/` },
  to: {
    path: OURS,
    pathNot: [folder, ...allowed, ...(folder.startsWith('main/') ? ['main/lib'] : [])].map(
      (path) => `^${path}`,
    ),
  },
}))

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'shared-is-pure',
      comment: 'shared runs anywhere: no Node, no Electron, no packages (the contract: zod)',
      severity: 'error',
      from: { path: '^shared/', pathNot: '^shared/ipc/' },
      to: { pathNot: '^shared/' },
    },
    {
      name: 'contract-is-pure',
      severity: 'error',
      from: { path: '^shared/ipc/' },
      to: { pathNot: '^shared/|(^|/)node_modules/zod/' },
    },
    {
      name: 'only-the-shell-knows-electron',
      severity: 'error',
      from: { pathNot: '^(main|test)/shell/' },
      to: { path: '(^|/)node_modules/electron(-store)?/|^electron(-store)?$' },
    },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'one-way-to-the-files',
      comment: "people's files are looked at and read through main/lib/file-system.ts",
      severity: 'error',
      from: { path: '^main/(engine|watch)/' },
      to: { path: '^(node:)?fs(/promises)?$', dependencyTypes: ['core'] },
    },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      from: { path: '^(main|renderer|shared)/' },
      to: { path: '^test/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      severity: 'error',
      from: { path: '^(main|renderer|shared)/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
}
