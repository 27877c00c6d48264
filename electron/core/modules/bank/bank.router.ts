import type { Os } from '#core/rpc/implementer.ts'
import type { createBankAccounts } from './bank.accounts.ts'
import type { createBankBulk } from './bank.bulk.ts'
import type { createBankExport } from './bank.export.ts'
import type { createBankImport } from './bank.import.ts'
import type { createBankLines } from './bank.lines.ts'
import type { createBankStatements } from './bank.statements.ts'

/** Binds the entries of the bank. */
export function bankRouter(
  os: Os['bank'],
  accounts: ReturnType<typeof createBankAccounts>,
  imports: ReturnType<typeof createBankImport>,
  statements: ReturnType<typeof createBankStatements>,
  lines: ReturnType<typeof createBankLines>,
  bulk: ReturnType<typeof createBankBulk>,
  exports: ReturnType<typeof createBankExport>,
) {
  return {
    accounts: os.accounts.handler(() => accounts.list()),
    account: os.account.handler(({ input }) => accounts.get(input.id)),
    createAccount: os.createAccount.handler(({ input, context }) => accounts.create(context.call, input)),
    updateAccount: os.updateAccount.handler(({ input, context }) => accounts.update(context.call, input)),
    open: os.open.handler(({ input, context }) => imports.open(context.call, input)),
    check: os.check.handler(({ input, context }) => imports.check(context.call, input)),
    checkRows: os.checkRows.handler(({ input, context }) => imports.rows(context.call, input)),
    checkSummary: os.checkSummary.handler(({ input, context }) => imports.rowsSummary(context.call, input)),
    run: os.run.handler(({ input, context }) => imports.run(context.call, input)),
    statements: os.statements.handler(({ input, context }) => statements.list(context.call, input)),
    statementsSummary: os.statementsSummary.handler(({ input, context }) => statements.summary(context.call, input)),
    statement: os.statement.handler(({ input, context }) => statements.get(context.call, input.id)),
    statementFile: os.statementFile.handler(({ input, context }) => statements.file(context.call, input.id)),
    revert: os.revert.handler(({ input, context }) => statements.revert(context.call, input)),
    lines: os.lines.handler(({ input, context }) => lines.list(context.call, input)),
    linesSummary: os.linesSummary.handler(({ input, context }) => lines.summary(context.call, input)),
    exportLines: os.exportLines.handler(({ input, context }) => exports.lines(context.call, input)),
    line: os.line.handler(({ input, context }) => lines.get(context.call, input.id)),
    confirm: os.confirm.handler(({ input, context }) => lines.confirm(context.call, input)),
    link: os.link.handler(({ input, context }) => lines.link(context.call, input)),
    setAside: os.setAside.handler(({ input, context }) => lines.setAside(context.call, input)),
    takeUp: os.takeUp.handler(({ input, context }) => lines.takeUp(context.call, input)),
    unbook: os.unbook.handler(({ input, context }) => lines.unbook(context.call, input)),
    bulk: os.bulk.handler(({ input, context }) => bulk.preview(context.call, input)),
    confirmBulk: os.confirmBulk.handler(({ input, context }) => bulk.confirm(context.call, input.lines)),
    forgetPayer: os.forgetPayer.handler(({ input, context }) => lines.forgetPayer(context.call, input.id)),
  }
}
