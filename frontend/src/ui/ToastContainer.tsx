import { Notifications } from '@mantine/notifications';

/** The corner of the screen that shows toasts, three at a time. */
export default function ToastContainer() {
  return <Notifications position="bottom-right" limit={3} />;
}
