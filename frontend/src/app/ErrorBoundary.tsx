import { Component, type ReactNode } from 'react';
import { Crash } from './Crash';

/** The last net, above the router: what falls through every page ends here. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Crash retry={() => window.location.reload()} /> : this.props.children;
  }
}
