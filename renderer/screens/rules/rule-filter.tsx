import { useText } from '../../data/text.ts'
import { IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { folderName } from './rule-actions.ts'
import './rules.css'

/** The watched folder whose files alone are shown. */
export interface OneRule {
  readonly id: string
  readonly folder: string
}

interface RuleFilterProps {
  readonly rule: OneRule
  readonly onAll: () => void
}

/** Says that only the files of one watched folder are shown, and ends it. */
export function RuleFilter({ rule, onAll }: RuleFilterProps) {
  const t = useText()
  return (
    <p className="rule-filter" title={rule.folder}>
      <Icon name="folder" />
      <span className="cut">{t('onlyRule', { name: folderName(rule.folder) })}</span>
      <IconButton size="small" icon="close" label={t('showAll')} onClick={onAll} />
    </p>
  )
}
