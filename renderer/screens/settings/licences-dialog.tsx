import { useEffect, useState } from 'react'
import { useText } from '../../data/text.ts'
import { Dialog } from '../../ui/dialog.tsx'

/** As the build writes them to `licences.json`. */
interface Licence {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly text: string
}

/** Shows the software that Feidi is made with, and its terms. */
export function LicencesDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText()
  const [licences, setLicences] = useState<readonly Licence[] | 'failed'>()
  useEffect(() => {
    fetch('/licences.json')
      .then((answer) => answer.json() as Promise<Licence[]>)
      .then(setLicences, () => setLicences('failed'))
  }, [])
  return (
    <Dialog wide title={t('licences')} onClose={onClose}>
      <p className="quiet licences-intro">{t('licencesText')}</p>
      {licences === 'failed' && <p className="bad">{t('loadFailed')}</p>}
      {Array.isArray(licences) && (
        <ul className="licences">
          {licences.map(({ name, version, licence, text }: Licence) => (
            <li key={`${name} ${version}`}>
              <details>
                <summary>
                  <span className="licence-name">{name}</span>{' '}
                  <span className="num">{version}</span>
                  <span className="quiet licence-kind">{licence}</span>
                </summary>
                <pre className="licence-text">{text || licence}</pre>
              </details>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}
