import { PageHeader } from '@windlass/ui/page-header';
import { TabsWithCounts } from '@windlass/ui/tabs-with-counts';
import { RouterLink } from '../../kit/render-link.tsx';
import { SourcesPanel } from '../../orders/parts/sources-panel.tsx';
import { oneOf, type UrlSearch, useUrlState } from '../../kit/use-url-state.tsx';
import { ApiKeysPanel } from './api-keys-panel.tsx';
import { PeoplePanel } from './people-panel.tsx';

const readUrl = ({ tab }: UrlSearch) => ({ tab: oneOf(['people', 'keys', 'sources'], tab) });

const answers = { people: 'Who may sign in', keys: 'Which machines may send orders', sources: 'Which shops send their orders here' };

/** Who may sign in, and which machines and shops may send orders. */
export default function SettingsScreen() {
  const [{ tab }] = useUrlState(readUrl);
  return (
    <>
      <PageHeader title="Settings" answer={answers[tab]} />
      <TabsWithCounts
        label="Settings"
        current={tab}
        renderLink={RouterLink}
        tabs={[
          { key: 'people', label: 'People', to: '/settings?tab=people' },
          { key: 'keys', label: 'API keys', to: '/settings?tab=keys' },
          { key: 'sources', label: 'Sources', to: '/settings?tab=sources' },
        ]}
      />
      <div className="pt-4">{tab === 'people' ? <PeoplePanel /> : tab === 'keys' ? <ApiKeysPanel /> : <SourcesPanel />}</div>
    </>
  );
}
