import { useRef, type KeyboardEvent } from 'react'
import { Modal, type ModalProps } from 'antd'
import { CloseOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'

const WANTS_INPUT = 'input:not([type=hidden]):not([tabindex="-1"]):not(:disabled), textarea, select:not(:disabled)'

/** A dialog that begins where input is wanted: the field marked for it, else the first field, else its main button. F9 is its main button. */
export function Dialog(props: ModalProps) {
  const { t } = useTranslation()
  const content = useRef<HTMLDivElement>(null)
  const begin = (isOpen: boolean): void => {
    props.afterOpenChange?.(isOpen)
    const root = content.current?.closest<HTMLElement>('.ant-modal')
    if (!isOpen || !root) return
    // A field that has taken the focus by itself keeps it.
    if (content.current?.contains(document.activeElement)) return
    const field = content.current?.querySelector<HTMLElement>('[data-first] :is(input, select), textarea[data-first], table input') ?? content.current?.querySelector<HTMLElement>(WANTS_INPUT)
    const target = field ?? root.querySelector<HTMLElement>('.ant-btn-primary')
    target?.focus()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'F9' || props.onOk === undefined || event.defaultPrevented) return
    event.preventDefault()
    content.current?.closest('.ant-modal')?.querySelector<HTMLElement>('.ant-modal-footer .ant-btn-primary')?.click()
  }
  return (
    <Modal
      destroyOnHidden
      {...props}
      closable={props.closable === false ? false : { 'aria-label': t('ui.close'), closeIcon: <CloseOutlined aria-hidden /> }}
      afterOpenChange={begin}
    >
      <div ref={content} onKeyDown={onKeyDown}>
        {props.children}
      </div>
    </Modal>
  )
}
