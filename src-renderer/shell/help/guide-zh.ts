import { guidePages } from './guide-pages.ts'

export const pages = guidePages(import.meta.glob<string>('../../../assets/guide/zh-CN/*.md', { eager: true, query: '?raw', import: 'default' }))
