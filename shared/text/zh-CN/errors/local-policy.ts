import type { localPolicy as english } from '../../en/errors/local-policy.ts'
import type { Wordings } from '../../words.ts'

export const localPolicy: Wordings<typeof english> = {
  'policy-invalid': {
    message: '本机的策略文件无法使用，飞递没有启动[：{detail}]。',
    remedy: '请联系管理这台电脑的人更正策略文件；该文件须属于系统，且其他人不可写入。',
  },
  'policy-locked': {
    message: '此设置由本机的策略固定[（{detail}）]。',
    remedy: '请保持原样，或联系管理这台电脑的人。',
  },
  'policy-app': {
    message: '本机的策略不允许使用这个应用或服务器[：{detail}]。',
    remedy: '请用单位的应用登录，或联系管理这台电脑的人。',
  },
  'policy-destination': {
    message: '本机的策略不允许上传到这个位置[（{detail}）]。',
    remedy: '请选择允许的位置，或联系管理这台电脑的人。',
  },
  'policy-excluded': {
    message: '本机的策略不允许上传这个文件[：{detail}]。',
    remedy: '无需处理，其他文件照常上传。若确需上传这个文件，请联系管理这台电脑的人。',
  },
}
