import process from 'node:process'
import { migrateSqlite } from '../../src-main/storage/migrate.ts'
import { connect } from '../../src-main/storage/sqlite.ts'

// Migrates the file named on the command line, in a process that a test kills.

const db = connect(process.argv[2]!, 'write')
process.stdout.write('migrating\n', () => migrateSqlite(db))
