import { useTranslation } from 'react-i18next'
import { Button } from 'antd'
import { PrinterOutlined } from '@ant-design/icons'
import { Dialog } from '../ui/dialog.tsx'

const groups: readonly { readonly title: string; readonly keys: readonly (readonly [keys: string, text: string])[] }[] = [
  {
    title: 'ui.keys.everywhere',
    keys: [
      ['Ctrl K', 'ui.keys.palette'],
      ['N / Alt N', 'ui.keys.newOrder'],
      ['L / Alt L', 'ui.keys.logActivity'],
      ['/', 'ui.keys.filter'],
      ['Alt A', 'home.tray'],
      ['F1', 'ui.help'],
      ['Alt 1 … 9', 'ui.keys.tab'],
      ['Alt Page Up / Page Down', 'ui.keys.nextTab'],
      ['Alt W', 'ui.keys.closeTab'],
      ['?', 'ui.keys.map'],
      ['Esc', 'ui.keys.escape'],
    ],
  },
  {
    title: 'ui.keys.lists',
    keys: [
      ['↑ ↓', 'ui.keys.rows'],
      ['Page Up / Page Down', 'ui.keys.pages'],
      ['Ctrl Home / Ctrl End', 'ui.keys.ends'],
      ['Enter', 'ui.keys.openRow'],
      ['Space', 'ui.keys.mark'],
      ['Shift ↑ ↓', 'ui.keys.markMore'],
      ['Ctrl A', 'ui.keys.markAll'],
      ['Ctrl C', 'ui.keys.copyRows'],
      ['↑', 'ui.keys.titles'],
      ['Shift ← →', 'ui.keys.titleWidth'],
      ['Ctrl ← →', 'ui.keys.titlePlace'],
    ],
  },
  {
    title: 'ui.keys.lines',
    keys: [
      ['Enter', 'ui.keys.walk'],
      ['Tab', 'ui.keys.nextWanted'],
      ['Shift Tab / ← →', 'ui.keys.cells'],
      ['Insert / Ctrl Enter', 'ui.keys.addLine'],
      ['Ctrl Delete', 'ui.keys.removeLine'],
      ['F7', 'ui.keys.lookUp'],
      ['↑ ↓', 'ui.keys.changeLine'],
      ['=', 'ui.keys.fillBelow'],
      ['Ctrl V', 'ui.keys.pasteLines'],
      ['Alt G', 'ui.keys.together'],
      ['▮▯▮', 'ui.keys.scan'],
    ],
  },
  {
    title: 'ui.keys.documents',
    keys: [
      ['Ctrl S', 'ui.keys.save'],
      ['F9 / Ctrl Enter', 'ui.keys.confirm'],
      ['Ctrl Z', 'ui.keys.undo'],
      ['Ctrl Y / Ctrl Shift Z', 'ui.keys.redo'],
      ['t, 22, 1122, +3', 'ui.keys.days'],
    ],
  },
]

/** The keyboard map: `?` anywhere. Printed, it fills one sheet and nothing else stands on it. */
export function KeyboardMap({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  return (
    <Dialog open title={t('ui.keys.title')} footer={<Button icon={<PrinterOutlined aria-hidden />} onClick={() => print()}>{t('ui.keys.print')}</Button>} width={1080} className="zg-keymap-dialog" onCancel={onClose}>
      <div className="zg-keymap">
        {groups.map((group) => (
          <section key={group.title}>
            <h3>{t(group.title)}</h3>
            <dl>
              {group.keys.map(([keys, text]) => (
                <div key={text}>
                  <dt>
                    <kbd>{keys}</kbd>
                  </dt>
                  <dd>{t(text)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
