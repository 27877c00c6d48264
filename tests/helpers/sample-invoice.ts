import { asDay } from '#shared/kernel/dates.ts'
import { asFen, splitTax } from '#shared/kernel/money.ts'
import type { InvoiceFields, InvoiceLine } from '#shared/modules/invoices/invoices.schema.ts'

/** The six facts of the sample contract's buyer. */
export const SAMPLE_BUYER = {
  name: '成都兴川机械制造有限公司',
  taxId: '91510100MA61T0TT27',
  address: '四川省成都市龙泉驿区经开南二路 88 号',
  phone: '028-87654321',
  bankName: '中国建设银行成都龙泉支行',
  bankAccount: '5100 1234 5678 9012',
}

/** A line of the sample contract's goods over an amount with tax at 13 %; fen. */
export function sampleInvoiceLine(amount = 5_650_000, over: Partial<InvoiceLine> = {}): InvoiceLine {
  const line = { name: '深沟球轴承', spec: '6205-2RS 25×52×15', unit: '套', quantity: '', price: '', rate: 1300 }
  return { ...line, ...splitTax(asFen(amount), 1300), ...over }
}

let serial = 0
/** A number of 2026 that no other call has given. */
export function digitalNumber(): string {
  serial += 1
  return `26502000${String(serial).padStart(12, '0')}`
}

/** A digital special invoice over ¥56,500, of 12 May 2026. */
export function sampleInvoice(over: Partial<InvoiceFields> = {}): InvoiceFields {
  const lines = over.lines ?? [sampleInvoiceLine()]
  return {
    kind: 'digitalSpecial',
    code: '',
    number: digitalNumber(),
    day: asDay('2026-05-12'),
    customerId: null,
    contractId: null,
    buyer: SAMPLE_BUYER,
    lines,
    amount: asFen(lines.reduce((sum, line) => sum + line.net + line.tax, 0)),
    links: [],
    note: '',
    reason: '',
    ...over,
  }
}

/** The XML file of a digital invoice as the tax bureau's platform writes it. */
export function invoiceXml(over: Readonly<Record<string, string>> = {}): string {
  const said: Record<string, string> = {
    number: '26502000000099999999',
    label: '01',
    seller: '91350100M000100Y43',
    total: '56500.00',
    remark: '',
    ...over,
  }
  return `<?xml version="1.0" encoding="UTF-8"?>
<EInvoice>
  <Header><EIid>${said['number']}</EIid><EInvoiceTag>SWEI3200</EInvoiceTag><Version>0.2</Version>
    <InherentLabel>
      <InIssuType><LabelCode>Y</LabelCode><LabelName>是否蓝字发票标志</LabelName></InIssuType>
      <EInvoiceType><LabelCode>01</LabelCode><LabelName>电子发票</LabelName></EInvoiceType>
      <GeneralOrSpecialVAT><LabelCode>${said['label']}</LabelCode><LabelName>增值税专用发票</LabelName></GeneralOrSpecialVAT>
    </InherentLabel>
  </Header>
  <EInvoiceData>
    <SellerInformation><SellerIdNum>${said['seller']}</SellerIdNum><SellerName>重庆山城机械配件有限公司</SellerName></SellerInformation>
    <BuyerInformation><BuyerIdNum>91510100MA61T0TT27</BuyerIdNum><BuyerName>成都兴川机械制造有限公司</BuyerName>
      <BuyerAddr>四川省成都市龙泉驿区经开南二路 88 号</BuyerAddr><BuyerTelNum>028-87654321</BuyerTelNum>
      <BuyerBankName>中国建设银行成都龙泉支行</BuyerBankName><BuyerBankAccNum>510012345678</BuyerBankAccNum></BuyerInformation>
    <BasicInformation><TotalAmWithoutTax>50000.00</TotalAmWithoutTax><TotalTaxAm>6500.00</TotalTaxAm>
      <TotalTax-includedAmount>${said['total']}</TotalTax-includedAmount><RequestTime>2026-05-12 10:21:33</RequestTime></BasicInformation>
    <IssuItemInformation><ItemName>*轴承*深沟球轴承</ItemName><SpecMod>6205-2RS</SpecMod><MeaUnits>套</MeaUnits>
      <Quantity>1000</Quantity><UnPrice>50</UnPrice><Amount>50000.00</Amount><TaxRate>0.13</TaxRate><ComTaxAm>6500.00</ComTaxAm>
      <TotaltaxIncludedAmount>56500.00</TotaltaxIncludedAmount></IssuItemInformation>
    <AdditionalInformation><Remark>${said['remark']}</Remark></AdditionalInformation>
  </EInvoiceData>
  <TaxSupervisionInfo><InvoiceNumber>${said['number']}</InvoiceNumber><IssueTime>2026-05-12</IssueTime></TaxSupervisionInfo>
</EInvoice>`
}
