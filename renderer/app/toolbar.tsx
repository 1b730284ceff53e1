import { type RefObject, useState } from 'react'
import { useApp } from '../data/app.ts'
import { bridge } from '../data/bridge.ts'
import { useLive } from '../data/live.ts'
import { useText } from '../data/text.ts'
import { focusList } from '../screens/queue/list-focus.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { toastError } from '../ui/feedback.ts'
import { Icon } from '../ui/icon.tsx'
import { keyOf } from '../ui/keys.ts'
import { Menu } from '../ui/menu.tsx'
import type { Command } from './commands.ts'
import { NoticeBell } from './notice-bell.tsx'
import { QuotaGauge } from './quota-gauge.tsx'
import { SpeedLimit } from './speed-limit.tsx'

interface ToolbarProps {
  readonly search: string
  readonly onSearch: (search: string) => void
  readonly searchField: RefObject<HTMLInputElement | null>
  readonly onAdd: (kind: 'files' | 'folder') => void
  readonly commands: readonly Command[]
  readonly onPalette: () => void
}

export function Toolbar(props: ToolbarProps) {
  const { search, onSearch, searchField, onAdd, commands, onPalette } = props
  const t = useText()
  const { info } = useApp()
  const pausedBy = useLive((live) => live.engine.pausedBy)
  const [menuAt, setMenuAt] = useState<{ x: number; y: number }>()
  // Other reasons pass by themselves; this button can not help against them.
  const isPaused = pausedBy === 'person'
  const canUpload = info.capabilities.upload

  const command = (id: string) => commands.filter((each) => each.id === id)
  const setPaused = async (paused: boolean) => {
    const answer = await bridge.request('queue.pause-all', { paused })
    if (!answer.ok) toastError(answer.error)
  }

  return (
    <div className="toolbar" role="toolbar" aria-label={t('toolbar')}>
      <div className="joined">
        <Button
          kind="primary"
          icon="add"
          className={canUpload ? 'joined-left' : ''}
          onClick={() => onAdd('files')}
        >
          {t('addFiles')}
        </Button>
        {canUpload && (
          <IconButton
            kind="primary"
            className="joined-right"
            icon="down"
            label={t('moreWaysToAdd')}
            aria-haspopup="menu"
            aria-expanded={menuAt !== undefined}
            onClick={(event) => {
              const box = event.currentTarget.parentElement?.getBoundingClientRect()
              if (box) setMenuAt({ x: box.left, y: box.bottom + 4 })
            }}
          />
        )}
      </div>
      <Button icon="folder" title={t('addFolder')} onClick={() => onAdd('folder')}>
        <span className="wide-label">{t('addFolder')}</span>
      </Button>
      <Button
        kind="plain"
        icon={isPaused ? 'play' : 'pause'}
        title={isPaused ? t('resumeAll') : t('pauseAll')}
        onClick={() => void setPaused(!isPaused)}
      >
        <span className="wide-label">{isPaused ? t('resumeAll') : t('pauseAll')}</span>
      </Button>
      <span className="toolbar-space" />
      <search className="search">
        <Icon name="search" />
        <input
          ref={searchField}
          className="input"
          type="search"
          value={search}
          placeholder={t('search')}
          aria-label={t('searchQueue')}
          onChange={(event) => onSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.stopPropagation()
            onSearch('')
            focusList()
          }}
        />
      </search>
      <IconButton
        icon="keyboard"
        label={t('palette')}
        title={`${t('palette')} (${keyOf('palette')})`}
        aria-haspopup="dialog"
        onClick={onPalette}
      />
      <NoticeBell />
      <SpeedLimit />
      <QuotaGauge />
      {menuAt && (
        <Menu
          label={t('moreWaysToAdd')}
          at={menuAt}
          onClose={() => setMenuAt(undefined)}
          groups={[
            [
              ...command('browser'),
              ...command('files').map((each) => ({ ...each, label: t('addFromMachine') })),
            ],
          ]}
        />
      )}
    </div>
  )
}
