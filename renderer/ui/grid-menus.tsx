import { ArrowDownOutlined, ArrowUpOutlined, SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover } from 'antd'
import type { GridColumns } from './grid-columns.ts'
import { useT } from './i18n.ts'

/** Which columns are shown and in which order; every move has a button, none needs dragging. */
export function ColumnChooser(props: { columns: GridColumns; titles: Readonly<Record<string, string>> }) {
  const t = useT()
  const { columns } = props
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <div className="column-chooser">
          {columns.arranged.map((column, index) => {
            const name = props.titles[column.key] ?? column.key
            return (
              <div key={column.key} className="column-row">
                <Checkbox
                  checked={!columns.settings.hidden.includes(column.key)}
                  onChange={() => columns.toggle(column.key)}
                >
                  {name}
                </Checkbox>
                <Button
                  size="small"
                  type="text"
                  icon={<ArrowUpOutlined aria-hidden />}
                  disabled={index === 0}
                  aria-label={t('common:grid.moveUp', { name })}
                  onClick={() => columns.move(column.key, -1)}
                />
                <Button
                  size="small"
                  type="text"
                  icon={<ArrowDownOutlined aria-hidden />}
                  disabled={index === columns.arranged.length - 1}
                  aria-label={t('common:grid.moveDown', { name })}
                  onClick={() => columns.move(column.key, 1)}
                />
              </div>
            )
          })}
          <Button size="small" onClick={columns.reset}>
            {t('common:grid.resetColumns')}
          </Button>
        </div>
      }
    >
      <Button
        icon={<SettingOutlined aria-hidden />}
        aria-label={t('common:grid.columns')}
        title={t('common:grid.columns')}
      />
    </Popover>
  )
}
