import { useState } from 'react'
import { useText } from '../../data/text.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { COLUMNS, resetColumns, toggleColumn, useLayout } from './columns.ts'
import { COLUMN_WORDS } from './table-header.tsx'

/** Opens the menu that shows and hides columns. */
export function ColumnsButton() {
  const t = useText()
  const { hidden } = useLayout()
  const [at, setAt] = useState<{ x: number; y: number }>()
  return (
    <>
      <IconButton
        size="small"
        icon="table"
        label={t('columns')}
        aria-haspopup="menu"
        aria-expanded={at !== undefined}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          setAt({ x: box.right - 200, y: box.bottom + 4 })
        }}
      />
      {at && (
        <Menu
          label={t('columns')}
          at={at}
          onClose={() => setAt(undefined)}
          groups={[
            COLUMNS.filter((column) => column !== 'name').map((column) => ({
              id: column,
              label: t(COLUMN_WORDS[column]),
              isOn: !hidden.includes(column),
              onSelect: () => toggleColumn(column),
            })),
            [{ id: 'reset', label: t('resetColumns'), icon: 'retry', onSelect: resetColumns }],
          ]}
        />
      )}
    </>
  )
}
