/**
 * The calculator behind {@code turnout crypto}: questions as lines of JSON, answers as the standards' examples print
 * them. Development only; it takes keys and PINs in clear.
 */
package io.turnout.security.calculator;
