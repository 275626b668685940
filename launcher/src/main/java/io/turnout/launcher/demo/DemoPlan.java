package io.turnout.launcher.demo;

import io.turnout.core.pipeline.Durability;
import io.turnout.launcher.settings.Idle;
import io.turnout.launcher.settings.Layout;
import java.nio.file.Path;

/**
 * What the demonstration does.
 *
 * @param payments how many, from 100
 * @param perSecond at which rate they are due; 0 = as fast as the switch answers
 * @param durability of the switch
 * @param layout of the switch
 * @param idle of the switch
 * @param seed of everything random in banks and acquirer
 * @param directory for journals, books and logs; empty when it begins
 */
public record DemoPlan(
        int payments, int perSecond, Durability durability, Layout layout, Idle idle, long seed, Path directory) {}
