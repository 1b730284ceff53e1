import type { web as english } from '../en/web.ts'
import type { Words } from '../words.ts'

export const web: Words<typeof english> = {
  title: '飞递',
  refusedTitle: '请用启动时显示的链接打开飞递',
  refused:
    '为了安全，每次启动 `feidi serve` 都会显示一个只能用一次的链接。这个浏览器还没有通过它登录，或者链接已经用过。',
  refusedRemedy:
    '请回到运行飞递的终端，打开那里的链接；如果链接已经用过，请重新启动 `feidi serve`。',
  signInTitle: '登录飞递',
  askPassword: '请输入 FEIDI_WEB_PASSWORD 中设置的密码。',
  wrong: '密码不正确。',
  'too-many': '尝试次数过多，请一分钟后再试。',
  password: '密码',
  signIn: '登录',
  notBuiltTitle: '界面还没有构建',
  notBuilt: '请先运行 `npm run build`，再重新启动 `feidi serve`。',
}
