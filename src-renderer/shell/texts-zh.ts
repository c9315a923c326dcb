import { mergeTexts } from './merge-texts.ts'

export const texts = mergeTexts(import.meta.glob<Record<string, string>>('../../assets/locales/zh-CN/*.json', { eager: true, import: 'default' }))
