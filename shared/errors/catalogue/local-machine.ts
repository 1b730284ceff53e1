import type { EntryBody } from '../catalogue-entry.ts'
import type { MachineErrorCode } from '../error-code.ts'

const STOP = { policy: 'stop', domain: 'local', actor: 'you' } as const

/** This computer, and Feidi's own state on it. */
export const MACHINE_BODIES = {
  'home-in-use': {
    ...STOP,
    message: {
      'zh-CN': '另一个飞递正在使用同一个数据目录[（{detail}）]。',
      en: 'Another Feidi is using the same data folder[ ({detail})].',
    },
    remedy: {
      'zh-CN': '请先关闭另一个飞递，或用 --home 指定另一个数据目录。',
      en: 'Quit the other Feidi first, or choose another data folder with --home.',
    },
  },
  'home-unwritable': {
    ...STOP,
    message: {
      'zh-CN': '飞递无法写入自己的数据目录[（{detail}）]。',
      en: 'Feidi cannot write to its data folder[ ({detail})].',
    },
    remedy: {
      'zh-CN':
        '请允许当前用户写入这个目录，或用 --home（FEIDI_HOME）指定另一个目录，然后重新启动飞递。',
      en: 'Allow your user to write to the folder, or choose another with --home (FEIDI_HOME), then start Feidi again.',
    },
  },
  'home-moved': {
    ...STOP,
    message: {
      'zh-CN': '数据目录来自另一台电脑，或是另一个数据目录的副本[（{detail}）]，所以暂停了上传。',
      en: 'The data folder comes from another computer, or is a copy of another one[ ({detail})], so nothing is uploaded.',
    },
    remedy: {
      'zh-CN':
        '如果以后只在这里使用，请点“这是我的新电脑”，或运行 feidi home adopt；否则两边会把同样的文件各传一次。',
      en: 'If from now on you use only this one, choose "This is my new computer" or run `feidi home adopt`. Otherwise both would upload the same files.',
    },
  },
  'home-restored': {
    ...STOP,
    message: {
      'zh-CN':
        '数据目录被恢复到了较早的状态[（{detail}）]，此后上传过的文件这里没有记录，所以暂停了上传。',
      en: 'The data folder was put back to an earlier state[ ({detail})] and does not know what went up since, so nothing is uploaded.',
    },
    remedy: {
      'zh-CN':
        '如果要从这个状态继续，请点“从这里继续”，或运行 feidi home adopt；飞书里可能已有的文件会先核对，不会直接重传。',
      en: 'To go on from this state, choose "Go on from here" or run `feidi home adopt`. Files that may be in Feishu already are looked for first.',
    },
  },
  'home-gone': {
    ...STOP,
    message: {
      'zh-CN': '飞递的数据目录在运行时被删除或替换了[（{detail}）]。',
      en: "Feidi's data folder was deleted or replaced while it was at work[ ({detail})].",
    },
    remedy: {
      'zh-CN': '请把数据目录放回原处（如果还有备份），再重新启动飞递。',
      en: 'Put the folder back if you still have it, then start Feidi again.',
    },
  },
  'home-set-aside': {
    ...STOP,
    message: {
      'zh-CN': '数据目录由 1.0 之前的测试版创建，已原样移到一边[（{detail}）]。',
      en: 'The data folder was made by a test build before version 1.0 and was moved aside as it is[ ({detail})].',
    },
    remedy: {
      'zh-CN':
        '请重新启动飞递，从新的数据目录开始：需要重新登录并添加监视规则。新目录没有以前的上传记录，以前传过的文件会再次上传，除非选择跳过同名文件。',
      en: 'Start Feidi again with a new data folder: sign in and add your watch rules again. It does not know earlier uploads, so those files go up again unless files of the same name are skipped.',
    },
  },
  'home-unreleased': {
    ...STOP,
    message: {
      'zh-CN': '数据目录由 1.0 之前的测试版创建[（{detail}）]，当前版本不会打开它，内容没有改动。',
      en: 'The data folder was made by a test build before version 1.0[ ({detail})]. This version does not open it, and left it as it is.',
    },
    remedy: {
      'zh-CN':
        '请退出测试版，把这个目录移走或改名，然后重新启动飞递；也可以用 --home 选择另一个目录。',
      en: 'Quit the test build, move or rename the folder, then start Feidi again. You can also choose another folder with --home.',
    },
  },
  'store-newer': {
    ...STOP,
    message: {
      'zh-CN': '数据由更新版本的飞递保存，当前版本无法打开。',
      en: 'The data was saved by a newer version of Feidi, which this one cannot open.',
    },
    remedy: {
      'zh-CN': '请把飞递更新到最新版本；数据没有被改动。',
      en: 'Update Feidi to the latest version. The data was not touched.',
    },
  },
  'store-corrupt': {
    ...STOP,
    message: {
      'zh-CN': '飞递的队列数据已损坏，无法读取[（{detail}）]。',
      en: "Feidi's queue data is damaged and cannot be read[ ({detail})].",
    },
    remedy: {
      'zh-CN': '请先备份数据目录，再移走损坏的文件并重新启动飞递；已上传到飞书的文件不受影响。',
      en: 'Back up the data folder first, then move the damaged file away and start Feidi again. Files already in Feishu are not affected.',
    },
  },
  'settings-corrupt': {
    ...STOP,
    message: {
      'zh-CN': '飞递的设置文件已损坏，已原样移到一边[（{detail}）]。',
      en: "Feidi's settings file is damaged and was moved aside as it is[ ({detail})].",
    },
    remedy: {
      'zh-CN': '请修好这个文件并改回原名 settings.json，或者重新添加监视规则。',
      en: 'Repair the file and name it settings.json again, or add your watch rules anew.',
    },
  },
  'settings-damaged': {
    ...STOP,
    message: {
      'zh-CN': '飞递的设置文件已损坏[（{detail}）]，文件仍在原处。',
      en: "Feidi's settings file is damaged[ ({detail})]. It is still where it was.",
    },
    remedy: {
      'zh-CN': '请修好这个文件；否则飞递下次启动时会把它原样移到一边，从新的设置开始。',
      en: 'Repair the file. Otherwise Feidi moves it aside as it is when it starts the next time, and begins with new settings.',
    },
  },
  'store-failed': {
    ...STOP,
    message: {
      'zh-CN': '飞递无法保存上传进度，因此停了下来。',
      en: 'Feidi could not save its progress and therefore stopped.',
    },
    remedy: {
      'zh-CN': '请检查磁盘空间和数据目录的写入权限，然后重新启动飞递；已保存的进度会保留。',
      en: 'Check the free disk space and that the data folder can be written to, then start Feidi again. Progress saved so far is kept.',
    },
  },
  'disk-full': {
    ...STOP,
    message: {
      'zh-CN': '本机磁盘已满，飞递无法保存上传进度。',
      en: 'The disk of this computer is full, so Feidi cannot save its progress.',
    },
    remedy: {
      'zh-CN': '请腾出一些磁盘空间，然后重新启动飞递；已保存的进度会保留。',
      en: 'Free some disk space, then start Feidi again. Progress saved so far is kept.',
    },
  },
  usage: {
    ...STOP,
    message: {
      'zh-CN': '命令或设置的写法有误[：{detail}]。',
      en: 'The command or a setting is not written correctly[: {detail}].',
    },
    remedy: {
      'zh-CN': '请运行 feidi --help 查看用法。',
      en: 'Run feidi --help to see how it is used.',
    },
  },
  internal: {
    policy: 'fail-file',
    domain: 'local',
    actor: 'you',
    message: {
      'zh-CN': '飞递自身出现了程序错误，没有完成这个文件。',
      en: 'A fault in Feidi itself kept this file from being completed.',
    },
    remedy: {
      'zh-CN': '请更新飞递后重试；若仍不行，请把日志提供给飞递的开发者。',
      en: 'Update Feidi and retry. If it still does not work, send the log to the developers of Feidi.',
    },
  },
} satisfies Record<MachineErrorCode, EntryBody>
