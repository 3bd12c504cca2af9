// SPDX-License-Identifier: Apache-2.0
package dev.patchbay.control.ui;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What this process's collector does. The longest pause is known from those that were looked at; others may lie between. */
final class CollectorPauses {
    private static final String PAUSES = "Pauses";

    private final List<GarbageCollectorMXBean> beans;
    private final boolean concurrent;
    private final Map<GarbageCollectorMXBean, Long> seen = new HashMap<>();
    private long longest;

    CollectorPauses() {
        beans = ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class);
        concurrent = beans.stream().anyMatch(CollectorPauses::tellsPauses);
    }

    /** A collector that works beside the program has a bean for its cycles and one for the pauses in them. */
    private static boolean tellsPauses(final GarbageCollectorMXBean bean) {
        return bean.getName().endsWith(PAUSES);
    }

    private boolean isPause(final GarbageCollectorMXBean bean) {
        return !concurrent || tellsPauses(bean);
    }

    long collections() {
        return beans.stream()
                .filter(bean -> !tellsPauses(bean))
                .mapToLong(bean -> Math.max(0, bean.getCollectionCount()))
                .sum();
    }

    long pauses() {
        return beans.stream()
                .filter(this::isPause)
                .mapToLong(bean -> Math.max(0, bean.getCollectionCount()))
                .sum();
    }

    long millis() {
        return beans.stream()
                .filter(this::isPause)
                .mapToLong(bean -> Math.max(0, bean.getCollectionTime()))
                .sum();
    }

    /** Looks at the last pause of each kind. */
    long longestMillis() {
        for (final GarbageCollectorMXBean bean : beans) {
            final GcInfo last = isPause(bean) ? bean.getLastGcInfo() : null;
            if (last != null && seen.getOrDefault(bean, -1L) != last.getId()) {
                seen.put(bean, last.getId());
                longest = Math.max(longest, last.getDuration());
            }
        }
        return longest;
    }
}
