import { expect, test } from 'vitest'
import type { Engine } from '../../src-main/storage/db.ts'
import { findSearchDocs, putSearchDocs, type SearchHit } from '../../src-main/storage/search.ts'
import { emptyPostgres, emptySqlite } from '../support/engines.ts'
import { onPostgres } from '../support/postgres.ts'
import { QUESTIONS, RECORDS } from '../support/search-corpus.ts'

const kindSets = [['party'], ['item', 'party']] as const

async function answersOf(engine: Engine): Promise<Map<string, SearchHit[]>> {
  const answers = new Map<string, SearchHit[]>()
  await engine.write(async (db) => {
    await putSearchDocs(db, RECORDS)
    // Renewed records are found by what they are now.
    await putSearchDocs(db, RECORDS.filter((_, i) => i % 50 === 0).map((r) => ({ ...r, title: `${r.title} 新`, texts: [] })))
  })
  await engine.read(async (db) => {
    for (const kinds of kindSets) {
      for (const text of QUESTIONS) {
        answers.set(`${kinds.join(' ')}: ${JSON.stringify(text)}`, await findSearchDocs(db, { kinds, text, limit: 20 }))
      }
    }
  })
  return answers
}

onPostgres('search', (server) => {
  test(`${QUESTIONS.length} questions find the same records in the same order on both engines`, { timeout: 120_000 }, async () => {
    const [sqlite, postgres] = [await emptySqlite(), await emptyPostgres(server)]
    try {
      const [onSqlite, onServer] = [await answersOf(sqlite.engine), await answersOf(postgres.engine)]
      for (const [question, hits] of onSqlite) expect(onServer.get(question), question).toEqual(hits)
      expect([...onSqlite.values()].filter((hits) => hits.length > 0).length).toBeGreaterThan(800)
    } finally {
      await sqlite.remove()
      await postgres.remove()
    }
  })
})
