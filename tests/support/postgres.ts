import { randomUUID } from 'node:crypto'
import pg from 'pg'

/** Makes an empty database on the test server and gives its address. */
export async function freshPostgres(server: string): Promise<string> {
  const name = `zhanggui_test_${randomUUID().replaceAll('-', '').slice(0, 12)}`
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`create database ${name} template template0 encoding 'UTF8'`)
  await client.end()
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
