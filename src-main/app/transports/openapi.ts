/** One operation as the office describes it; `input` and `output` are JSON Schemas. */
export type DescribedOperation = {
  readonly name: string
  readonly kind: 'command' | 'query'
  readonly permission: string
  readonly input: unknown
  readonly output: unknown
  readonly refusals: readonly string[]
  /** The tables whose change makes a query's answer stale. */
  readonly reads?: readonly string[]
  readonly labels: { readonly 'zh-CN': string; readonly en: string }
}

const problem = {
  type: 'object',
  properties: { path: { type: 'array', items: { type: ['string', 'integer'] } }, code: { type: 'string' }, message: { type: 'string' } },
  required: ['path', 'code', 'message'],
}

const negative = ({ kind, code, details }: { kind: string; code: Record<string, unknown>; details: Record<string, unknown> }) => ({
  type: 'object',
  properties: { ok: { const: false }, kind: { const: kind }, code, details },
  required: ['ok', 'kind', 'code', 'details'],
})

const json = (description: string, schema: unknown) => ({ description, content: { 'application/json': { schema } } })

function responses(operation: DescribedOperation) {
  const refusals = operation.refusals.length > 0 ? { type: 'string', examples: [...operation.refusals] } : { type: 'string' }
  return {
    200: json('Done', { type: 'object', properties: { ok: { const: true }, output: operation.output }, required: ['ok', 'output'] }),
    202: json('Waits until somebody approves it', negative({
      kind: 'pending',
      code: { const: 'approvalPending' },
      details: { type: 'object', properties: { approval_id: { type: 'string' } } },
    })),
    400: json('Invalid: the input does not have the form of the contract', negative({
      kind: 'invalid',
      code: { type: 'string' },
      details: { type: 'object', properties: { problems: { type: 'array', items: problem } } },
    })),
    409: json('Refused for a business reason', negative({ kind: 'refusal', code: refusals, details: { type: 'object' } })),
    500: json('A defect, logged under its incident number', negative({
      kind: 'defect',
      code: { const: 'defect' },
      details: { type: 'object', properties: { incident: { type: 'string' } } },
    })),
  }
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'The commandId, a UUIDv7: sending the same one again gives the first answer and changes nothing.',
  schema: { type: 'string', format: 'uuid' },
}

function pathItem(operation: DescribedOperation) {
  return {
    post: {
      operationId: operation.name,
      summary: operation.labels.en,
      description: operation.labels['zh-CN'],
      tags: [operation.name.split('.')[0]],
      'x-kind': operation.kind,
      'x-permission': operation.permission,
      ...(operation.reads ? { 'x-reads': operation.reads } : {}),
      ...(operation.kind === 'command' ? { parameters: [idempotencyKey] } : {}),
      requestBody: { required: true, content: { 'application/json': { schema: operation.input } } },
      responses: responses(operation),
    },
  }
}

/** An OpenAPI 3.1 document: one POST an operation, at /api/NAME. */
export function openApi({ operations, title, server }: { operations: readonly DescribedOperation[]; title: string; server: string }) {
  return {
    openapi: '3.1.0',
    info: { title, version: '1', description: 'Every command and query of the office. Enter once by /enter?token=… to get the cookie.' },
    servers: [{ url: server }],
    components: { securitySchemes: { desk: { type: 'apiKey', in: 'cookie', name: `zhanggui_${new URL(server).port}` } } },
    security: [{ desk: [] }],
    paths: Object.fromEntries(operations.map((operation) => [`/api/${operation.name}`, pathItem(operation)])),
  }
}
