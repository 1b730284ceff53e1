import type { EntryBody } from '../catalogue-entry.ts'
import type { HostErrorCode } from '../error-code.ts'

const REFUSAL = { policy: 'stop', domain: 'local', actor: 'you' } as const

/** Between a page and the Feidi behind it; none of these concerns a file on its way. */
export const HOST_BODIES = {
  'request-invalid': {
    ...REFUSAL,
    message: {
      'zh-CN': '飞递没有看懂这个请求，因此没有执行。',
      en: 'Feidi did not understand this request and did nothing.',
    },
    remedy: {
      'zh-CN': '请刷新页面后重试；如果刚更新过飞递，请重新启动它。',
      en: 'Reload the page and try again. If Feidi was just updated, start it again.',
    },
  },
  'request-refused': {
    ...REFUSAL,
    message: {
      'zh-CN': '这个页面没有登录飞递，或登录已失效。',
      en: 'This page is not signed in to Feidi, or no longer.',
    },
    remedy: {
      'zh-CN': '请打开 feidi serve 启动时显示的链接，然后重试。',
      en: 'Open the link that feidi serve shows when it starts, then try again.',
    },
  },
  'transfer-gone': {
    ...REFUSAL,
    message: {
      'zh-CN': '队列中已经没有这个文件。',
      en: 'This file is no longer in the queue.',
    },
    remedy: { 'zh-CN': '请刷新列表。', en: 'Reload the list.' },
  },
  'not-available-here': {
    ...REFUSAL,
    message: {
      'zh-CN': '当前的打开方式不支持这个操作。',
      en: 'This is not possible in the way Feidi is opened here.',
    },
    remedy: {
      'zh-CN': '请在飞递桌面应用中执行这个操作。',
      en: 'Use the desktop app of Feidi for it.',
    },
  },
  'folder-not-allowed': {
    ...REFUSAL,
    message: {
      'zh-CN': '飞递不能从这个位置上传[：{detail}]。',
      en: 'Feidi may not upload from this place[: {detail}].',
    },
    remedy: {
      'zh-CN': '请选择允许范围内的文件夹，或在启动 feidi serve 时用 --allow 加入这个文件夹。',
      en: 'Choose a folder that is allowed, or allow this one with --allow when you start feidi serve.',
    },
  },
  'holds-own-state': {
    ...REFUSAL,
    message: {
      'zh-CN': '飞递自己的数据不会上传[：{detail}]。',
      en: 'Feidi does not upload its own data[: {detail}].',
    },
    remedy: {
      'zh-CN': '请改选其中的其他文件夹。',
      en: 'Choose the other folders in it one by one.',
    },
  },
  'folder-unreadable': {
    ...REFUSAL,
    message: {
      'zh-CN': '无法打开这个文件夹[：{detail}]。',
      en: 'This folder cannot be opened[: {detail}].',
    },
    remedy: {
      'zh-CN': '请确认它存在，并且允许飞递读取。',
      en: 'Make sure that it exists and that Feidi may read it.',
    },
  },
  'spool-too-large': {
    ...REFUSAL,
    message: {
      'zh-CN': '这个文件太大，不能通过浏览器发送[（上限 {detail}）]。',
      en: 'This file is too large to be sent from the browser[ (at most {detail})].',
    },
    remedy: {
      'zh-CN': '请把它放到运行飞递的电脑上，再从那里添加。',
      en: 'Put it on the computer that runs Feidi and add it from there.',
    },
  },
  'account-fixed': {
    ...REFUSAL,
    message: {
      'zh-CN': '账号由启动飞递时的环境变量决定，不能在这里更改。',
      en: 'The account comes from the environment Feidi was started in and cannot be changed here.',
    },
    remedy: {
      'zh-CN':
        '请更改 FEIDI_APP_ID 和 FEIDI_APP_SECRET（或 FEIDI_ACCESS_TOKEN），然后重新启动飞递。',
      en: 'Change FEIDI_APP_ID and FEIDI_APP_SECRET (or FEIDI_ACCESS_TOKEN), then start Feidi again.',
    },
  },
  'keychain-missing': {
    ...REFUSAL,
    message: {
      'zh-CN': '系统的钥匙串不可用，飞递无法安全地保存或读取密钥。',
      en: "The system's keychain is not available, so Feidi cannot keep or read the secret safely.",
    },
    remedy: {
      'zh-CN': '请解锁系统的钥匙串（Linux 上需要 GNOME 密钥环或 KWallet），然后重新登录。',
      en: 'Unlock the keychain of your system (on Linux, GNOME Keyring or KWallet), then sign in again.',
    },
  },
  'login-item-failed': {
    ...REFUSAL,
    message: {
      'zh-CN': '系统没有接受“登录时启动”的设置[（{detail}）]。',
      en: 'The system did not take the setting to start at login[ ({detail})].',
    },
    remedy: {
      'zh-CN': '请在系统的“登录项”或“启动应用”设置中添加或移除飞递。',
      en: "Add or remove Feidi in your system's own list of apps that start at login.",
    },
  },
} satisfies Record<HostErrorCode, EntryBody>
