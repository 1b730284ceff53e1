import type { EntryBody } from '../catalogue-entry.ts'
import type { RuleErrorCode } from '../error-code.ts'

const STOP = { policy: 'stop', domain: 'local', actor: 'you' } as const

/** Watch rules. */
export const RULE_BODIES = {
  'rule-unknown': {
    ...STOP,
    message: {
      'zh-CN': '没有这条监视规则[：{detail}]。',
      en: 'There is no such watch rule[: {detail}].',
    },
    remedy: {
      'zh-CN': '它可能已被删除；所有规则见“文件夹”页面或 feidi rules list。',
      en: 'It may have been removed. All rules are under Folders, or in feidi rules list.',
    },
  },
  'rule-exists': {
    ...STOP,
    message: {
      'zh-CN': '已有一条规则监视同一个文件夹，并上传到同一个目标[：{detail}]。',
      en: 'A rule already watches this folder for the same destination[: {detail}].',
    },
    remedy: {
      'zh-CN': '无需再添加；如要改变设置，请修改那条规则。',
      en: 'There is no need for a second one. To change how it works, edit that rule.',
    },
  },
  'rule-overlaps': {
    ...STOP,
    message: {
      'zh-CN': '这个文件夹与另一条规则的文件夹重叠，同一个文件会被上传两次[：{detail}]。',
      en: 'This folder overlaps with that of another rule, so files would be uploaded twice[: {detail}].',
    },
    remedy: {
      'zh-CN': '请改选不重叠的文件夹，或先删除另一条规则。',
      en: 'Choose folders that do not overlap, or remove the other rule first.',
    },
  },
  'rule-folder-missing': {
    ...STOP,
    message: {
      'zh-CN': '要监视的文件夹不存在，或者不是文件夹[：{detail}]。',
      en: 'The folder to watch does not exist or is not a folder[: {detail}].',
    },
    remedy: {
      'zh-CN': '请检查路径；如果它在移动硬盘上，请先连接硬盘。',
      en: 'Check the path. If it is on a removable drive, connect the drive first.',
    },
  },
  'rule-folder-is-file': {
    ...STOP,
    message: {
      'zh-CN': '这里是一个文件，不是文件夹[：{detail}]。',
      en: 'This is a file, not a folder[: {detail}].',
    },
    remedy: {
      'zh-CN': '请选择它所在的文件夹，或直接上传这个文件。',
      en: 'Choose the folder that it is in, or upload the file itself.',
    },
  },
  'rule-folder-forbidden': {
    ...STOP,
    message: {
      'zh-CN': '飞递没有读取这个文件夹的权限[：{detail}]。',
      en: 'Feidi is not allowed to read this folder[: {detail}].',
    },
    remedy: {
      'zh-CN': '请在文件夹的属性中允许当前用户读取，然后重试。',
      en: 'Allow your user to read the folder in its properties, then retry.',
    },
  },
  'rule-folder-replaced': {
    ...STOP,
    message: {
      'zh-CN': '监视的文件夹现在指向别处[：{detail}]。',
      en: 'The watched folder leads elsewhere now[: {detail}].',
    },
    remedy: {
      'zh-CN': '如果你确实要这样做，请确认这个文件夹；否则请把它恢复原样。',
      en: 'If that is what you want, confirm the folder; otherwise put it back as it was.',
    },
  },
  'rule-folder-is-disk': {
    ...STOP,
    message: {
      'zh-CN': '这是整个磁盘，不能监视[：{detail}]。',
      en: 'This is a whole disk, which can not be watched[: {detail}].',
    },
    remedy: {
      'zh-CN': '请选择磁盘中只放要上传的文件的文件夹。',
      en: 'Choose a folder on the disk that holds only the files to upload.',
    },
  },
  'rule-folder-holds-home': {
    ...STOP,
    message: {
      'zh-CN': '飞递自己的数据目录与这个文件夹重叠，数据会不断改变[：{detail}]。',
      en: 'This folder overlaps with the data folder of Feidi, which changes all the time[: {detail}].',
    },
    remedy: {
      'zh-CN': '请选择另一个文件夹，或用 --home 把数据目录放到别处。',
      en: 'Choose another folder, or put the data folder somewhere else with --home.',
    },
  },
  'rule-folder-is-personal': {
    ...STOP,
    message: {
      'zh-CN': '这是整个用户文件夹，未经允许不会上传到共享的地方[：{detail}]。',
      en: 'This is a whole home folder, which does not go to a shared place unless allowed[: {detail}].',
    },
    remedy: {
      'zh-CN': '请选择其中要上传的文件夹，或允许上传敏感文件（命令行加 --allow-sensitive）。',
      en: 'Choose the folders in it that are meant to go up, or allow sensitive files (--allow-sensitive on the command line).',
    },
  },
  'rule-on-network': {
    ...STOP,
    message: {
      'zh-CN': '这个文件夹在网络驱动器上，其他电脑的改动不会通知到这里[（{detail}）]。',
      en: 'This folder is on a network drive, which does not report what other computers change[ ({detail})].',
    },
    remedy: {
      'zh-CN': '请让这条规则改为定时检查（--poll）。',
      en: 'Let the rule look every so often instead of waiting for reports (--poll).',
    },
  },
  'copy-vanished': {
    ...STOP,
    message: {
      'zh-CN': '这个文件已不在飞书的原文件夹中：在那里被删除或移走了[：{detail}]。',
      en: 'This file is no longer in its folder in Feishu: it was deleted there, or moved[: {detail}].',
    },
    remedy: {
      'zh-CN':
        '如果是有意为之，无需处理。要重新上传，请运行 feidi forget 加这个文件，或让规则自动重传（--on-vanished again）。',
      en: 'If that was meant, there is nothing to do. To have it again, run feidi forget with the file, or let the rule upload such files again (--on-vanished again).',
    },
  },
  'no-rules': {
    ...STOP,
    message: {
      'zh-CN': '没有启用的监视规则。',
      en: 'No watch rule is active.',
    },
    remedy: {
      'zh-CN':
        '请用 feidi watch 加文件夹和 --to 目标来监视一个文件夹，或用 feidi rules resume 恢复一条规则。',
      en: 'Watch a folder with feidi watch, the folder and --to, or activate a rule with feidi rules resume.',
    },
  },
} satisfies Record<RuleErrorCode, EntryBody>
