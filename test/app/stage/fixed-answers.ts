/** The answers of the staged host that do not depend on its state. */

import type { RequestChannel, RequestInput, RequestOutput } from '#shared/contract/contract.ts'
import type { ErrorInfo } from '#shared/errors/transfer-error.ts'

export type StageHandlers = { [C in RequestChannel]: (input: RequestInput<C>) => RequestOutput<C> }

const HOUR_MS = 3_600_000

const LOG_LINES = [
  '2026-11-25T09:12:40.188Z info  host begins {"host":"web","version":"0.1.0","pid":4242}',
  '2026-11-25T09:12:40.430Z info  call auth/v3/tenant_access_token/internal {"ms":132,"status":200,"logId":"20261125171240C3"}',
  '2026-11-25T09:12:41.002Z info  call drive/v1/files/upload_part {"seq":36,"ms":640,"status":200,"logId":"20261125171241A0"}',
  '2026-11-25T09:12:41.977Z warn  call drive/v1/files/upload_part {"seq":37,"ms":311,"status":500,"logId":"20261125171241F7","code":1061001}',
  '2026-11-25T09:12:43.512Z error engine ended: account-blocked {"error":{"code":99991672}}',
]

const ALERTS = {
  host: null,
  kind: null,
  isSigned: false,
  silentHours: null,
  source: 'none',
  failure: null,
} as const

interface FixedOptions {
  /** The host's info, when it is not `feidi serve`. */
  readonly info: Partial<RequestOutput<'app.info'>> | undefined
  readonly nowMs: number
  readonly view: (info: ErrorInfo) => ErrorInfo
}

export function fixedAnswers({ info, nowMs, view }: FixedOptions) {
  return {
    'transfer.parts': ({ from, limit }) => ({
      parts: Array.from({ length: Math.min(limit, 100) }, (_, step) => ({
        seq: from + step,
        sizeBytes: 4 * 1024 * 1024,
        checksum: (0x1a2b3c4d + from + step) >>> 0,
        acknowledgedAtMs: nowMs - 60_000,
      })),
    }),
    'transfer.receipt': ({ id }) => ({
      fileName: 'a.pdf.feidi-receipt.json',
      text: JSON.stringify({ id }),
    }),
    'transfer.reveal': () => ({}),
    'transfer.verify': ({ bytes }) => ({
      local: { verdict: 'same' },
      remote: { verdict: 'modified', modifiedAtMs: nowMs - HOUR_MS },
      ...(bytes && { bytes: { verdict: 'same', compared: 4, pieces: 4 } }),
    }),
    'devices.list': () => ({
      devices: [
        {
          id: 'd1',
          label: 'Chrome · Linux',
          createdAtMs: nowMs - HOUR_MS,
          usedAtMs: nowMs,
          isThis: true,
        },
        {
          id: 'd2',
          label: 'Safari · iPhone',
          createdAtMs: nowMs - 90 * HOUR_MS,
          usedAtMs: nowMs - 26 * HOUR_MS,
          isThis: false,
        },
        {
          id: 'd3',
          label: '',
          createdAtMs: nowMs - 90 * HOUR_MS,
          usedAtMs: nowMs - 52 * HOUR_MS,
          isThis: false,
        },
      ],
    }),
    'devices.sign-out': ({ ids }) => ({ signedOut: ids.length }),
    'devices.link': () => ({
      url: `http://127.0.0.1:5260/?token=${'a'.repeat(43)}`,
      expiresAtMs: nowMs + 600_000,
    }),
    'places.pin': () => ({}),
    'files.pick': () => ({ paths: null }),
    'folders.browse': ({ path }) => ({
      path: path ?? '/home/lin',
      parent: path === null || path === '/home/lin' ? null : '/home/lin',
      roots: [
        { path: '/home/lin', label: 'lin' },
        { path: '/mnt/nas', label: 'nas' },
      ],
      entries: ['Documents', 'Pictures', '视频']
        .map((name) => ({
          name,
          path: `/home/lin/${name}`,
          kind: 'folder' as const,
          sizeBytes: 0,
          modifiedAtMs: nowMs - 26 * HOUR_MS,
        }))
        .concat(
          ['合同-2026-12.pdf', 'poster.png', 'notes.txt'].map((name, index) => ({
            name,
            path: `/home/lin/${name}`,
            kind: 'file' as never,
            sizeBytes: 120_000 * (index + 1),
            modifiedAtMs: nowMs - HOUR_MS,
          })),
        ),
      truncated: false,
    }),
    'speed.recent': () => ({
      everyMs: 2_000,
      samples: Array.from({ length: 150 }, (_, step) =>
        step < 20 ? 0 : Math.round((1.6 + Math.sin(step / 9) / 2) * 1_048_576),
      ),
    }),
    'history.days': ({ days }) => ({
      days: Array.from({ length: days }, (_, index) => ({
        day: new Date(nowMs - (days - 1 - index) * 24 * HOUR_MS).toISOString().slice(0, 10),
        files: (index * 37) % 90,
        bytes: ((index * 7) % 11) * 1_300_000_000,
        calls: ((index * 5) % 13) * 640,
      })),
    }),
    'portable.export': () => ({ fileName: 'feidi-settings.json', text: '{}' }),
    'portable.read': ({ text }) => {
      if (!text.startsWith('{')) throw new Error('no settings file')
      return {
        settings: ['bandwidthBytesPerSecond', 'schedule'],
        rules: [
          {
            folder: '/home/lin/工作',
            destination: 'folder:fldcn1',
            shareWith: 'boss@example.com',
            allowSensitive: true,
          },
        ],
      }
    },
    'portable.import': () => ({
      settings: 2,
      rules: 0,
      refused: [
        {
          folder: '/home/lin/工作',
          error: view({ code: 'rule-folder-missing', detail: '/home/lin/工作', atMs: nowMs }),
        },
      ],
    }),
    'rules.scan-now': () => ({}),
    'rules.follow-steps': () => ({
      stop: { kind: 'limit', atMs: nowMs - 60_000, paths: [] },
      total: 3,
      steps: [
        {
          ...{ id: 1, kind: 'move', path: '合同/终稿.docx', fileToken: 'boxcn1' },
          ...{
            from: { folders: ['合同'], name: '草稿.docx' },
            to: { folders: ['合同'], name: '终稿.docx' },
          },
          ...{ plannedAtMs: nowMs, dueAtMs: nowMs, state: 'planned', endedAtMs: null, error: null },
        },
        {
          ...{ id: 2, kind: 'trash', path: '旧版本.xlsx', fileToken: 'boxcn2' },
          ...{ from: { folders: [], name: '旧版本.xlsx' }, to: null },
          ...{ plannedAtMs: nowMs, dueAtMs: nowMs + 24 * HOUR_MS },
          ...{ state: 'planned', endedAtMs: null, error: null },
        },
        {
          ...{ id: 3, kind: 'move', path: 'b.pdf', fileToken: 'boxcn3' },
          ...{ from: { folders: [], name: 'a.pdf' }, to: { folders: [], name: 'b.pdf' } },
          ...{ plannedAtMs: nowMs, dueAtMs: nowMs, state: 'left', endedAtMs: nowMs },
          error: view({ code: 'follow-changed-there', detail: 'b.pdf', atMs: nowMs }),
        },
      ],
    }),
    'rules.problems': () => ({
      total: 2,
      problems: [
        {
          kind: 'waiting',
          path: '/home/lin/工作/预算.xlsx',
          reason: 'locked',
          sinceMs: nowMs - 90_000,
        },
        {
          kind: 'refused',
          path: '/home/lin/工作/太深/a/b/c/d.txt',
          error: view({ code: 'folder-too-deep', detail: 'a/b', atMs: nowMs }),
        },
      ],
    }),
    'quota.today': () => ({
      day: '2026-11-23',
      resetsAtMs: nowMs + 6 * HOUR_MS,
      endpoints: ['upload_all', 'upload_prepare', 'upload_part', 'upload_finish'].map(
        (call, index) => {
          const used = [1_204, 310, 6_832, 298][index] ?? 0
          return { endpoint: `drive/v1/files/${call}`, used, left: 10_000 - used, limit: 10_000 }
        },
      ),
      left: 3_168,
      limit: 10_000,
      needed: 1_450,
      monthReturnsAtMs: null,
      plan: {
        files: 21_400,
        days: [8_796, 10_000, 2_604].map((wholeFiles, index) => ({
          fromMs: nowMs + index * 24 * HOUR_MS,
          ...{ wholeFiles, parts: [3_168, 900, 0][index] ?? 0, bytes: wholeFiles * 1_500_000 },
        })),
        doneAtMs: nowMs + 50 * HOUR_MS,
      },
    }),
    'app.info': () => ({
      version: '0.1.0',
      versions: { node: '24.21.0', sqlite: '3.51.0' },
      startedAtMs: nowMs - 26 * HOUR_MS,
      processId: 4_242,
      host: 'web',
      platform: 'linux x64',
      home: '/home/lin/.local/share/feidi',
      systemLanguage: 'zh-CN',
      capabilities: {
        dialogs: false,
        browse: true,
        upload: true,
        reveal: false,
        startAtLogin: false,
        tray: false,
        battery: false,
        notifications: false,
      },
      policy: null,
      updates: null,
      knowsMetered: false,
      mostUploadBytes: 2 ** 31,
      keyStorage: 'key-file' as const,
      ...info,
    }),
    'diagnostics.export': ({ withFileNames }) => ({
      fileName: 'feidi-diagnostics.txt',
      text: withFileNames ? 'with names' : 'without names',
    }),
    'diagnostics.log': () => ({
      fileName: 'feidi-2026-11-25.log',
      text: LOG_LINES.join('\n'),
      truncated: false,
    }),
    'diagnostics.reveal': () => ({}),
    'home.adopt': () => ({}),
    'limiter.get': () => ({ url: null, hasPassword: false, source: 'none' }),
    'limiter.set': ({ url, password }) => ({
      url,
      hasPassword: typeof password === 'string',
      source: url === null ? 'none' : 'stored',
    }),
    'alerts.get': () => ALERTS,
    'alerts.set': ({ receiver, silentHours }) => ({
      ...ALERTS,
      silentHours: silentHours ?? null,
      ...(receiver && { host: 'open.feishu.cn', kind: 'feishu-bot', source: 'stored' }),
    }),
    'alerts.test': () => ({ error: null }),
    'queue.use-metered': () => ({}),
    'updates.look': () => ({ error: null }),
    'updates.download': () => ({}),
    'updates.install': () => ({}),
    'updates.stop': () => ({}),
    'network.certificates': () => ({
      certificates: [
        { subject: 'Example Corp Root CA', validUntilMs: nowMs + 1e10, isAuthority: true },
      ],
    }),
  } satisfies Partial<StageHandlers>
}
