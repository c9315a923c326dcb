import { defineModule } from '../../kernel/operation.ts'
import { erasureObstacles } from './erasure.ts'
import { visibleParties } from '../parties/index.ts'
import { attachedTo } from '../platform/index.ts'
import { mergeReactions } from './contract.store.ts'
import {
  createContractHandler, draftContractHandler, orderContractHandler, remindOfEndsHandler, renewContractHandler, signContractHandler, terminateContractHandler, updateContractHandler,
} from './contracts.ts'
import { contractsInvariants } from './invariants.ts'
import { getContractHandler, listContractsHandler } from './list-contracts.ts'
import { signPolicy } from './policy.ts'
import { printables } from './printables.ts'
import { approvedBelow, approvesContracts } from './rules.ts'

export const contractsModule = defineModule({
  name: 'contracts',
  floor: 9,
  erasureObstacles,
  commands: [
    createContractHandler, draftContractHandler, updateContractHandler, signContractHandler, terminateContractHandler, renewContractHandler, orderContractHandler, remindOfEndsHandler,
  ],
  queries: [listContractsHandler, getContractHandler],
  approvalPolicies: [signPolicy],
  daily: ['contracts.remindOfEnds'],
  reactions: mergeReactions,
  permissions: [
    { name: 'contracts.read', grants: { sales: 'own', bookkeeper: 'all', viewer: 'all' } },
    { name: 'contracts.write', grants: { sales: 'own' } },
    { name: 'contracts.approve', grants: {} },
    { name: 'contracts.configure', grants: {} },
  ],
  settings: [approvesContracts, approvedBelow],
  series: [{ key: 'contracts.contract', prefix: 'CT', digits: 5, restarts: 'year' }],
  refusals: ['contracts.contractsRunning', 'contracts.contractIsPermanent'],
  invariants: contractsInvariants,
  printables,
  documentFinders: [
    {
      kind: 'contracts.contract',
      permission: 'contracts.read',
      from: '(select id, number, title, party_id, starts_on as day, amount_minor from contracts_contract) d join parties_party p on p.id = d.party_id',
      number: 'd.number',
      series: ['contracts.contract'],
      amount: 'amount_minor',
      title: 'p.name',
      rows: (scope) => visibleParties(scope, 'd.party_id'),
    },
  ],
  attachmentScopes: [attachedTo({ kind: 'contracts.contract', table: 'contracts_contract', permission: 'contracts.read', column: 'd.party_id', sight: visibleParties })],
})
