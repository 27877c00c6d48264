import { fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { Chart } from '#renderer/ui/chart.tsx'
import { renderAt, sitDown } from './helpers.tsx'

const loads = vi.hoisted(() => ({ count: 0 }))
vi.mock('#renderer/ui/echarts-parts.ts', () => {
  loads.count += 1
  // As a browser does where the file does not come.
  throw new TypeError('Failed to fetch dynamically imported module')
})

beforeEach(() => sitDown())

test('a chart whose drawing code does not come shows its figures as a table, and asks again at the button', async () => {
  await renderAt(
    <Chart
      title="应收账龄"
      height={100}
      categories={['一月', '二月']}
      series={[{ name: '金额', type: 'bar', data: [12, 34] }]}
      format={(value) => `¥${value}`}
    />,
  )
  expect(await screen.findByText('¥34')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: /应收账龄/ }))
  expect(screen.queryByText('¥34')).toBeNull()
  expect(await screen.findByText('¥34')).toBeTruthy()
  await waitFor(() => expect(loads.count).toBeGreaterThan(0))
})
