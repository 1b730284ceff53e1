/** Chinese commands by the letters a person types for them: only the characters of our own words. */

const SOUNDS = `
  bei备 bi闭 bu部 chang常 cheng成 chong重 chu处除 chuan传 cong从 cou凑 dai待 de的 deng等 duan断 dui队 gao高
  ge个 gen跟 guan关观 gui规 hao号 ji继 jia加夹 jian件监键 jie捷 jin进紧 kuai快 lan览 li理历 lie列 liu浏 luo络 pan盘
  qi器 qian浅 qing清 qu取 quan全 se色 shang上 she设 shen深 shi视试史适 shu舒输 sou搜 su速 sui随 suo所索 tian添
  ting停 tong统通 wai外 wan完 wang网 wen文 xi系 xian限 xiao消 xing行 xu续需 yan言 yao要 yi已 yong用 you有 yu语于
  zan暂 zhang账 zhe这 zhen诊 zhi置知 zhong中`

const SOUND_OF = new Map(
  SOUNDS.trim()
    .split(/\s+/)
    .flatMap((entry) => {
      const sound = /^[a-z]+/.exec(entry)?.[0] ?? ''
      return [...entry.slice(sound.length)].map((character) => [character, sound] as const)
    }),
)

const HAN = /\p{Script=Han}/u

/** Returns a text in pinyin, whole and by its initials; empty where it has no Chinese. */
export function pinyinOf(text: string): { readonly whole: string; readonly initials: string } {
  const characters = [...text.toLowerCase()].filter((each) => /[\p{L}\p{N}]/u.test(each))
  if (!characters.some((each) => HAN.test(each))) return { whole: '', initials: '' }
  const sounds = characters.map((each) => SOUND_OF.get(each) ?? each)
  return { whole: sounds.join(''), initials: sounds.map((sound) => sound[0] ?? '').join('') }
}
