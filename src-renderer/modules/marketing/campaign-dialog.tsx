import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import { useRun } from '../../api/use-run.ts'
import { FormDialog } from '../../ui/action-dialog.tsx'
import { Field, FieldRow } from '../../ui/fields/field.tsx'
import { NoteInput, TextInput } from '../../ui/fields/inputs.tsx'
import { DayField, MoneyField, SelectField } from '../../ui/fields/value-fields.tsx'
import { channels, type CampaignRow } from './campaign-words.ts'

type Known = Pick<CampaignRow, 'campaign_id' | 'name' | 'channel' | 'from_on' | 'to_on' | 'cost_minor' | 'note'>

/** A campaign: its channel, its days and what it cost. */
export function CampaignDialog({ campaign, onDone, onClose }: { campaign: Known | null; onDone(campaign_id: string): void; onClose(): void }) {
  const { t } = useTranslation()
  const { today } = useSession()
  const [name, setName] = useState(campaign?.name ?? '')
  const [channel, setChannel] = useState<CampaignRow['channel']>(campaign?.channel ?? 'email')
  const [from_on, setFrom] = useState(campaign?.from_on ?? today)
  const [to_on, setTo] = useState(campaign?.to_on ?? today)
  const [cost_minor, setCost] = useState<number | null>(campaign?.cost_minor ?? null)
  const [note, setNote] = useState(campaign?.note ?? '')
  const create = useRun('marketing.createCampaign')
  const update = useRun('marketing.updateCampaign')
  const save = async (): Promise<void> => {
    const form = { name, channel, from_on, to_on, cost_minor: cost_minor ?? 0, note: note.trim() === '' ? null : note.trim() }
    const said = campaign === null ? await create.run(form) : await update.run({ campaign_id: campaign.campaign_id, ...form })
    if (!said?.ok) return
    onDone(said.output.campaign_id)
    onClose()
  }
  return (
    <FormDialog title={t(campaign === null ? 'command.marketing.createCampaign' : 'command.marketing.updateCampaign')} width={640} isReady={name.trim() !== ''} no={create.no ?? update.no} isRunning={create.isRunning || update.isRunning} onOk={save} onClose={onClose}>
      <FieldRow>
        <TextInput label={t('field.marketing.name')} path="name" isRequired span={8} autoFocus value={name} onChange={setName} />
        <Field label={t('field.marketing.channel')} path="channel" span={4}>
          {(ids) => <SelectField {...ids} value={channel} options={channels.map((value) => ({ value, label: t(`ui.marketing.channel.${value}`) }))} onChange={(value) => setChannel(value ?? 'other')} />}
        </Field>
        <Field label={t('field.marketing.from_on')} path="from_on" span={4}>
          {(ids) => <DayField {...ids} value={from_on} onChange={(day) => setFrom(day ?? today)} />}
        </Field>
        <Field label={t('field.marketing.to_on')} path="to_on" span={4}>
          {(ids) => <DayField {...ids} value={to_on} onChange={(day) => setTo(day ?? today)} />}
        </Field>
        <Field label={t('field.marketing.cost_minor')} path="cost_minor" span={4}>
          {(ids) => <MoneyField {...ids} value={cost_minor} onChange={setCost} />}
        </Field>
        <NoteInput span={12} value={note} onChange={setNote} />
      </FieldRow>
    </FormDialog>
  )
}
