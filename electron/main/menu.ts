import type { MenuItemConstructorOptions } from 'electron'
import type { Translate } from '#shared/i18n/translate.ts'

/**
 * The menu: on macOS it carries the shortcuts of editing; elsewhere it is hidden until Alt is pressed. Words are ours,
 * because Electron knows its roles in English only.
 */
export function menuTemplate(t: Translate, platform: string, developing: boolean): MenuItemConstructorOptions[] {
  const item = (role: MenuItemConstructorOptions['role'], key: string): MenuItemConstructorOptions => ({
    role: role as NonNullable<MenuItemConstructorOptions['role']>,
    label: t(`desktop:menu.${key}`),
  })
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const mac = platform === 'darwin'
  const program: MenuItemConstructorOptions = {
    label: t('desktop:menu.program'),
    submenu: mac
      ? [item('hide', 'hide'), item('hideOthers', 'hideOthers'), item('unhide', 'showAll'), line, item('quit', 'quit')]
      : [item('quit', 'quit')],
  }
  return [
    program,
    {
      label: t('desktop:menu.edit'),
      submenu: [
        item('undo', 'undo'),
        item('redo', 'redo'),
        line,
        item('cut', 'cut'),
        item('copy', 'copy'),
        item('paste', 'paste'),
        item('selectAll', 'selectAll'),
      ],
    },
    {
      label: t('desktop:menu.view'),
      submenu: [
        item('resetZoom', 'resetZoom'),
        item('zoomIn', 'zoomIn'),
        item('zoomOut', 'zoomOut'),
        line,
        item('togglefullscreen', 'fullScreen'),
        ...(developing ? [line, item('reload', 'reload'), item('toggleDevTools', 'devTools')] : []),
      ],
    },
    { label: t('desktop:menu.window'), submenu: [item('minimize', 'minimize'), item('close', 'close')] },
  ]
}
