import type { web as english } from '../en/web.ts'
import type { Words } from '../words.ts'

export const web: Words<typeof english> = {
  title: '飞递',
  refusedTitle: '这个浏览器还没有登录飞递',
  refused: '每个链接只能让一个浏览器登录一次，10 分钟内有效。',
  refusedRemedy:
    '请在运行飞递的电脑上执行 `feidi link` 获取新链接，或在已登录的浏览器中打开“设置”，点击“登录其他设备”。',
  entryTitle: '在这个浏览器中打开飞递？',
  entry: '打开后链接即失效，这个浏览器会保持登录。',
  enter: '打开飞递',
  signInTitle: '登录飞递',
  askPassword: '请输入 FEIDI_WEB_PASSWORD 中设置的密码。',
  wrong: '密码不正确。',
  'too-many': '尝试次数过多，请一分钟后再试。',
  password: '密码',
  signIn: '登录',
  notBuiltTitle: '界面还没有构建',
  notBuilt: '请先运行 `npm run build`，再重新启动 `feidi serve`。',
}
