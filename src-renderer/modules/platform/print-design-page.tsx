import { useMemo, useRef, useState } from 'react'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { PAPERS, SHEETS, isLabel, paperNames, type PaperName } from '../../../src-main/kernel/papers.ts'
import type { No } from '../../api/client.ts'
import type { AskOutput } from '../../api/operations.ts'
import { useSession } from '../../api/session.tsx'
import { useAsk } from '../../api/use-ask.ts'
import { useRun } from '../../api/use-run.ts'
import { useShortcuts } from '../../shell/keys.ts'
import { usePreferences } from '../../shell/preferences.ts'
import { DocumentPage } from '../../ui/document-page.tsx'
import { Field, FieldRow, ProblemsProvider } from '../../ui/fields/field.tsx'
import { TextInput } from '../../ui/fields/inputs.tsx'
import { SelectField, TextArea, WholeField } from '../../ui/fields/value-fields.tsx'
import { NoMessage, RefusalMessage } from '../../ui/no-message.tsx'
import { problemsOf } from '../../ui/problems.ts'
import { useLeaveGuard } from '../../ui/use-leave-guard.ts'
import { stopsAtUnread } from '../../ui/fields/parsed-input.tsx'
import { MmField } from './mm-field.tsx'
import { PrintFields } from './print-fields.tsx'
import { designPath, useNewest, usePaper, useTemplateName, type PrintDefinition, type PrintTemplate } from './print-papers.ts'
import './print.css'

type Printable = AskOutput<'platform.printTemplates'>['printables'][number]

/** A template and what it prints, side by side: what is changed is seen at once on the very paper that the printer gets. */
export function PrintDesignPage() {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const { data, error } = useAsk('platform.printTemplates', {})
  if (error) return <div className="zg-page"><NoMessage error={error} /></div>
  if (!data) return <div className="zg-page" aria-busy />
  const kind = params.get('kind') ?? data.rows[0]!.kind
  const wish = params.get('template')
  const ofKind = data.rows.filter((r) => r.kind === kind)
  const row = ofKind.find((r) => r.template === wish) ?? ofKind.find((r) => r.is_default === 1)
  const printable = data.printables.find((p) => p.kind === kind)
  if (!row || !printable) return <div className="zg-page">{t('ui.print.gone')}</div>
  return <Designer key={`${kind} ${row.template} ${params.get('copy')}`} row={row} printable={printable} isCopy={params.get('copy') === '1'} />
}

function Designer({ row, printable, isCopy }: { row: PrintTemplate; printable: Printable; isCopy: boolean }) {
  const { t } = useTranslation()
  const { may } = useSession()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const nameOf = useTemplateName()
  const save = useRun('platform.savePrintTemplate')
  const locale = usePreferences((p) => p.locale)
  const [draft, setDraft] = useState<PrintDefinition>(row.definition)
  const [name, setName] = useState(isCopy ? t('ui.print.copyOf', { name: nameOf(row) }) : nameOf(row))
  const [shown, setShown] = useState<'3' | '40' | 'real'>('3')
  const box = useRef<HTMLFieldSetElement>(null)
  const newest = useNewest(printable.kind)
  // A ready-made template stays as it is: what is changed becomes one of the company's own.
  const isOwn = row.name !== null && !isCopy
  const canEdit = may('platform.printTemplates') && (isOwn || isCopy)
  const lang = draft.language ?? locale
  const { address, no } = usePaper({ name: printable.kind, input: shown === 'real' && newest ? newest.input : { example: shown === '40' ? 40 : 3 } }, { template: draft, lang })
  const problems = useMemo(() => [...problemsOf(save.no), ...problemsOfTemplate(no)], [save.no, no])
  const set = (changes: Partial<PrintDefinition>): void => setDraft({ ...draft, ...changes })
  const [begun, setBegun] = useState({ name, draft })
  const goOn = useLeaveGuard(canEdit && (name !== begun.name || JSON.stringify(draft) !== JSON.stringify(begun.draft)))
  const keep = async (): Promise<void> => {
    if (!canEdit || stopsAtUnread(box.current)) return
    const said = await save.run({ ...(isOwn ? { template_id: row.template } : {}), kind: printable.kind, name, definition: draft })
    if (!said?.ok) return
    setBegun({ name, draft })
    goOn()
    void message.success(t('ui.saved'))
    if (!isOwn) void navigate(designPath({ kind: printable.kind, template: said.output.template_id }), { replace: true })
  }
  useShortcuts([{ key: 's', with: 'ctrl', run: () => void keep() }])
  return (
    <DocumentPage
      kind={t(`print.kind.${printable.kind}`)}
      number={nameOf(row)}
      backTo={{ path: '/settings/prints', label: t('query.platform.printTemplates') }}
      actions={
        canEdit ? (
          <Button type="primary" loading={save.isRunning} onClick={() => void keep()}>
            {t('ui.save')} <kbd>Ctrl S</kbd>
          </Button>
        ) : may('platform.printTemplates') ? (
          <Button type="primary" onClick={() => void navigate(`${designPath(row)}&copy=1`)}>
            {t('ui.print.copy')}
          </Button>
        ) : null
      }
      messages={<RefusalMessage no={save.no} />}
    >
      <div className="zg-print-design">
        <ProblemsProvider value={problems}>
          <fieldset ref={box} className="zg-print-form" disabled={!canEdit}>
            <legend className="zg-sr">{t('ui.print.template')}</legend>
            <FieldRow>
              <TextInput label={t('ui.f.name')} path="name" isRequired span={5} autoFocus={canEdit} value={name} onChange={setName} />
              <TextInput label={t('ui.print.title')} path="definition.title" span={4} placeholder={t('ui.print.titleOwn')} value={draft.title} onChange={(title) => set({ title })} />
              <Field label={t('ui.print.language')} path="definition.language" span={3}>
                {(ids) => (
                  <SelectField<'zh-CN' | 'en'>
                    {...ids}
                    value={draft.language}
                    none={t('ui.print.languageAsked')}
                    options={[{ value: 'zh-CN', label: t('ui.printChinese') }, { value: 'en', label: t('ui.printEnglish') }]}
                    onChange={(language) => set({ language })}
                  />
                )}
              </Field>
            </FieldRow>
            <PaperRows draft={draft} set={set} />
            {isLabel(printable) ? <SheetRow draft={draft} set={set} /> : null}
            <Parts draft={draft} printable={printable} set={set} />
            {printable.facts.length > 0 ? <PrintFields title={t('ui.print.facts')} disabled={!canEdit} known={printable.facts.map((key) => ({ key, caption: '' }))} value={draft.facts} onChange={(facts) => set({ facts })} /> : null}
            {printable.columns.length > 0 ? <PrintFields title={t('ui.print.columns')} disabled={!canEdit} known={printable.columns.map((c) => ({ ...c, caption: '' }))} value={draft.columns} onChange={(columns) => set({ columns })} /> : null}
            {printable.signatures.length > 0 ? <PrintFields title={t('ui.print.signatures')} disabled={!canEdit} known={printable.signatures.map((key) => ({ key, caption: '' }))} value={draft.signatures} onChange={(signatures) => set({ signatures })} /> : null}
            {printable.columns.length > 0 ? <Foot draft={draft} set={set} /> : null}
          </fieldset>
        </ProblemsProvider>
        <section className="zg-print-view" aria-label={t('ui.printPreview')}>
          <div className="zg-print-choice">
            <b>{t('ui.printPreview')}</b>
            <SelectField
              aria-label={t('ui.print.example')}
              value={shown === 'real' && !newest ? '3' : shown}
              options={[
                { value: '3' as const, label: t('ui.print.exampleShort') },
                { value: '40' as const, label: t('ui.print.exampleLong') },
                ...(newest ? [{ value: 'real' as const, label: t('ui.print.exampleReal', { number: newest.name }) }] : []),
              ]}
              onChange={(chosen) => setShown(chosen ?? '3')}
            />
            <span className="zg-soft">{t(shown === 'real' && newest ? 'ui.print.exampleRealText' : 'ui.print.exampleText')}</span>
          </div>
          {problemsOfTemplate(no).length > 0 ? <p className="zg-soft">{t('ui.print.mendFirst')}</p> : <RefusalMessage no={no} />}
          {address === null ? <div className="zg-paper" aria-busy={no === null} /> : <iframe key={address} src={`${address}#toolbar=0&navpanes=0&view=FitH`} title={t('ui.printPreview')} className="zg-paper" />}
        </section>
      </div>
    </DocumentPage>
  )
}

/** What the preview finds wrong with the template, as problems of its fields. */
const problemsOfTemplate = (no: No | null) => problemsOf(no).filter((p) => p.path[0] === 'template').map((p) => ({ ...p, path: ['definition', ...p.path.slice(1)] }))

type RowsProps = { readonly draft: PrintDefinition; set(changes: Partial<PrintDefinition>): void }

/** Paper, margins, offset, letter and language. */
function PaperRows({ draft, set }: RowsProps) {
  const { t } = useTranslation()
  const { paper, margins, offset } = draft
  const known = paperNames.find((p) => PAPERS[p].width_mm === paper.width_mm && PAPERS[p].height_mm === paper.height_mm && (SHEETS[p] === undefined) === (draft.sheet === null))
  const [isFree, setFree] = useState(known === undefined)
  const choose = (value: PaperName | 'free' | null): void => {
    setFree(value === 'free')
    if (value !== null && value !== 'free') set({ paper: { ...PAPERS[value] }, sheet: SHEETS[value] ?? null })
  }
  const mm = (label: string, { path, value, change, hint }: { path: string; value: number; change: (value: number) => void; hint?: string }) => (
    <Field label={label} path={path} span={2} hint={hint}>
      {(ids) => <MmField {...ids} value={value} onChange={change} />}
    </Field>
  )
  return (
    <>
      <FieldRow>
        <Field label={t('ui.print.paper')} span={4}>
          {(ids) => (
            <SelectField<PaperName | 'free'>
              {...ids}
              value={isFree ? 'free' : (known ?? 'free')}
              options={[...paperNames.map((value) => ({ value, label: t(`ui.print.paper.${value}`) })), { value: 'free' as const, label: t('ui.print.free') }]}
              onChange={choose}
            />
          )}
        </Field>
        {mm(t('ui.print.paperWidth'), { path: 'definition.paper.width_mm', value: paper.width_mm, change: (width_mm) => (setFree(true), set({ paper: { ...paper, width_mm } })) })}
        {mm(t('ui.print.paperHeight'), { path: 'definition.paper.height_mm', value: paper.height_mm, hint: t('ui.print.paperHeightHint'), change: (height_mm) => (setFree(true), set({ paper: { ...paper, height_mm } })) })}
        {mm(t('ui.print.offsetX'), { path: 'definition.offset.x_mm', value: offset.x_mm, change: (x_mm) => set({ offset: { ...offset, x_mm } }) })}
        {mm(t('ui.print.offsetY'), { path: 'definition.offset.y_mm', value: offset.y_mm, change: (y_mm) => set({ offset: { ...offset, y_mm } }) })}
      </FieldRow>
      <FieldRow>
        {(['top', 'right', 'bottom', 'left'] as const).map((side) => (
          <Field key={side} label={t(`ui.print.margin.${side}`)} path={`definition.margins.${side}_mm`} span={2}>
            {(ids) => <MmField {...ids} value={margins[`${side}_mm`]} onChange={(value) => set({ margins: { ...margins, [`${side}_mm`]: value } })} />}
          </Field>
        ))}
        {mm(t('ui.print.font'), { path: 'definition.font_pt', value: draft.font_pt, change: (font_pt) => set({ font_pt }) })}
      </FieldRow>
    </>
  )
}

/** Labels side by side: the sheet that they lie on, how many, and where. */
function SheetRow({ draft, set }: RowsProps) {
  const { t } = useTranslation()
  const { sheet } = draft
  const change = (changes: Partial<NonNullable<PrintDefinition['sheet']>>): void => {
    if (sheet) set({ sheet: { ...sheet, ...changes } })
  }
  return (
    <FieldRow>
      <Field label={t('ui.print.sheet')} path="definition.sheet" span={4}>
        {(ids) => (
          <SelectField
            {...ids}
            value={sheet === null ? 'none' : 'sheet'}
            options={[{ value: 'none', label: t('ui.print.sheet.none') }, { value: 'sheet', label: t('ui.print.sheet') }]}
            onChange={(value) => set({ sheet: value === 'sheet' ? SHEETS['sheet-70x37']! : null })}
          />
        )}
      </Field>
      {sheet === null ? null : (
        <>
          {(['columns', 'rows'] as const).map((side) => (
            <Field key={side} label={t(`ui.print.sheet.${side}`)} path={`definition.sheet.${side}`} span={2}>
              {(ids) => <WholeField {...ids} value={sheet[side]} onChange={(value) => change({ [side]: value ?? 1 })} />}
            </Field>
          ))}
          {([['width', 'width_mm'], ['height', 'height_mm'], ['left', 'left_mm'], ['top', 'top_mm'], ['gapX', 'gap_x_mm'], ['gapY', 'gap_y_mm']] as const).map(([word, key]) => (
            <Field key={key} label={t(`ui.print.sheet.${word}`)} path={`definition.sheet.${key}`} span={2}>
              {(ids) => <MmField {...ids} value={sheet[key]} onChange={(value) => change({ [key]: value })} />}
            </Field>
          ))}
        </>
      )}
    </FieldRow>
  )
}

/** What is printed beside the fields: letterhead, sums, page numbers, on labels the bars. */
function Parts({ draft, printable, set }: RowsProps & { printable: Printable }) {
  const { t } = useTranslation()
  if (isLabel(printable)) {
    return (
      <FieldRow>
        <Field label={t('ui.print.barcode')} span={4}>
          {(ids) => (
            <SelectField
              {...ids}
              value={draft.barcode}
              options={(['bars', 'qr', 'none'] as const).map((value) => ({ value, label: t(`ui.print.barcode.${value}`) }))}
              onChange={(barcode) => set({ barcode: barcode ?? 'none' })}
            />
          )}
        </Field>
      </FieldRow>
    )
  }
  return (
    <fieldset className="zg-print-parts">
      <legend>{t('ui.print.parts')}</legend>
      {printable.parts.map((part) => (
        <label key={part} className="zg-check">
          <input
            type="checkbox"
            checked={draft.parts.includes(part)}
            onChange={(event) => set({ parts: event.target.checked ? [...draft.parts, part] : draft.parts.filter((p) => p !== part) })}
          />{' '}
          {t(`ui.print.part.${part}`)}
        </label>
      ))}
    </fieldset>
  )
}

/** Terms below the sums, and the copies. */
function Foot({ draft, set }: RowsProps) {
  const { t } = useTranslation()
  const [copies, setCopies] = useState(draft.copies.join(' '))
  return (
    <FieldRow>
      <Field label={t('ui.print.terms')} path="definition.terms" span={12}>
        {(ids) => <TextArea {...ids} rows={3} value={draft.terms} onChange={(terms) => set({ terms })} />}
      </Field>
      <TextInput
        label={t('ui.print.copies')}
        path="definition.copies"
        hint={t('ui.print.copiesHint')}
        span={7}
        value={copies}
        onChange={(text) => {
          setCopies(text)
          set({ copies: text.split(/[\s,，、;；]+/).filter(Boolean).slice(0, 6).map((c) => c.slice(0, 20)) })
        }}
      />
      <Field label={t('ui.print.copiesAs')} path="definition.copies_as" span={5}>
        {(ids) => (
          <SelectField
            {...ids}
            value={draft.copies_as}
            options={(['pages', 'line'] as const).map((value) => ({ value, label: t(`ui.print.copiesAs.${value}`) }))}
            onChange={(copies_as) => set({ copies_as: copies_as ?? 'pages' })}
          />
        )}
      </Field>
    </FieldRow>
  )
}
