import { PageHeader } from '@windlass/ui/page-header';
import { TabsWithCounts } from '@windlass/ui/tabs-with-counts';
import { RouterLink } from '../../kit/render-link.tsx';
import { CustomersPanel } from '../../customers/parts/customers-panel.tsx';
import { SourcesPanel } from '../../orders/parts/sources-panel.tsx';
import { oneOf, type UrlSearch } from '../../kit/url-search.ts';
import { useUrlState } from '../../kit/use-url-state.tsx';
import { ApiKeysPanel } from './api-keys-panel.tsx';
import { PeoplePanel } from './people-panel.tsx';

const readUrl = ({ tab }: UrlSearch) => ({ tab: oneOf(['people', 'keys', 'sources', 'customers'], tab) });

const answers = {
  people: 'Who may sign in',
  keys: 'Which machines may send orders',
  sources: 'Which shops send their orders here',
  customers: 'What is held about a customer, handed over or erased',
};
const panels = { people: PeoplePanel, keys: ApiKeysPanel, sources: SourcesPanel, customers: CustomersPanel };

/** Who may sign in, which machines and shops may send orders, and what customers may ask for. */
export default function SettingsScreen() {
  const [{ tab }] = useUrlState(readUrl);
  const Panel = panels[tab];
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
          { key: 'customers', label: 'Customers', to: '/settings?tab=customers' },
        ]}
      />
      <div className="pt-4">
        <Panel />
      </div>
    </>
  );
}
