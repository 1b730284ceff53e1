/** The labels of a row's controls, for screen readers. */

import { useMemo } from 'react'
import { useText } from '../../data/text.ts'

export interface RowLabels {
  readonly select: (name: string) => string
  readonly transfer: (name: string) => string
  readonly actions: (name: string) => string
}

/** Stands for the name while a phrase is made; no file name has it. */
const PLACE = '\u0000'

/** The phrases are made once and not for every row, of which hundreds come into sight in a second. */
export function useRowLabels(): RowLabels {
  const t = useText()
  return useMemo(() => {
    const naming = (key: 'selectRow' | 'transferOf' | 'rowActions') => {
      const [before, after = ''] = t(key, { name: PLACE }).split(PLACE)
      return (name: string) => `${before}${name}${after}`
    }
    return {
      select: naming('selectRow'),
      transfer: naming('transferOf'),
      actions: naming('rowActions'),
    }
  }, [t])
}
