/** The layers of docs/architecture.md as rules: what a folder may import. */

const OURS = '^(main|renderer|shared|test)/'

/** Folder -> the folders of ours it may use besides itself. */
const LAYERS = {
  shared: [],
  renderer: ['shared'],
  'main/lib': ['shared'],
  'main/engine': ['shared'],
  'main/feishu': [
    'shared',
    'main/engine/endpoints\\.ts',
    'main/engine/ports\\.ts',
    'main/destination/document-api\\.ts',
  ],
  'main/watch': ['shared'],
  'main/store': [
    'shared',
    'main/destination/ports\\.ts',
    'main/engine/ports\\.ts',
    'main/watch/ports\\.ts',
  ],
  'main/destination': ['shared', 'main/engine'],
  'main/app': [
    'shared',
    'main/engine',
    'main/feishu',
    'main/store',
    'main/destination',
    'main/watch',
  ],
  // The faces: they show and ask.
  'main/web': ['shared', 'main/app'],
  'main/cli': ['shared', 'main/web', 'main/app', 'package\\.json'],
  'main/desktop': ['shared', 'main/app'],
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
      comment: 'shared runs anywhere: no Node, no Electron, no packages (schemas: zod)',
      severity: 'error',
      from: { path: '^shared/', pathNot: '^shared/(contract|model)/' },
      to: { pathNot: '^shared/' },
    },
    {
      name: 'schemas-are-pure',
      severity: 'error',
      from: { path: '^shared/(contract|model)/' },
      to: { pathNot: '^shared/|(^|/)node_modules/zod/' },
    },
    {
      name: 'only-the-desktop-knows-electron',
      severity: 'error',
      from: { pathNot: '^(main|test)/desktop/' },
      to: { path: '(^|/)node_modules/electron(-store)?/|^electron(-store)?$' },
    },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'screens-know-no-frame',
      comment: 'renderer/app puts the screens together; ui and data know neither',
      severity: 'error',
      from: { path: '^renderer/(screens|ui|data)/' },
      to: { path: '^renderer/app/' },
    },
    {
      name: 'common-parts-know-no-screen',
      severity: 'error',
      from: { path: '^renderer/(ui|data)/' },
      to: { path: '^renderer/screens/' },
    },
    {
      name: 'one-way-to-the-files',
      comment: "people's files are looked at and read through main/lib/file-system.ts",
      severity: 'error',
      from: { path: '^main/(engine|watch|app/(adding|api))/' },
      to: { path: '^(node:)?fs(/promises)?$', dependencyTypes: ['core'] },
    },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      from: { path: '^(main|renderer|shared)/', pathNot: '^main/dev/' },
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
