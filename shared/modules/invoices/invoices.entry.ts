import type { z } from 'zod'
import type { FieldIssue } from '#shared/kernel/app-error.ts'
import { linkIssues } from './invoices.links.rules.ts'
import { amountIssues, buyerIssues, numberIssues } from './invoices.rules.ts'
import { invoiceFields, redFields, type InvoiceFields, type RedFields } from './invoices.schema.ts'

type Context = {
  addIssue(issue: { code: 'custom'; path: (string | number)[]; message: string; params?: object }): void
}

function tell(context: Context, issues: readonly FieldIssue[]): void {
  for (const { path, key, params } of issues) {
    context.addIssue({ code: 'custom', path: [...path], message: key, ...(params ? { params } : {}) })
  }
}

/** Everything that an invoice is judged by before the register is asked. */
export function invoiceIssues(fields: InvoiceFields): FieldIssue[] {
  return [
    ...numberIssues(fields),
    ...buyerIssues(fields.kind, fields.buyer),
    ...amountIssues(fields, false),
    ...linkIssues(fields.links, fields.amount),
  ]
}

export function redLetterIssues(fields: RedFields): FieldIssue[] {
  return [...numberIssues(fields), ...amountIssues(fields, true)]
}

const judged = (fields: InvoiceFields, context: z.core.$RefinementCtx) =>
  tell(context as unknown as Context, invoiceIssues(fields))

/** An invoice as it is entered by hand: judged beside its fields, by the form and by the core. */
export const invoiceEntry = invoiceFields.superRefine(judged)

/** The same with what names the record that it is to change. */
export const invoiceChange = <Names extends z.ZodRawShape>(names: Names) =>
  invoiceFields.extend(names).superRefine((fields, context) => judged(fields as unknown as InvoiceFields, context))

export const redEntry = redFields.superRefine((fields, context) =>
  tell(context as unknown as Context, redLetterIssues(fields)),
)
export const redChange = <Names extends z.ZodRawShape>(names: Names) =>
  redFields
    .extend(names)
    .superRefine((fields, context) =>
      tell(context as unknown as Context, redLetterIssues(fields as unknown as RedFields)),
    )
