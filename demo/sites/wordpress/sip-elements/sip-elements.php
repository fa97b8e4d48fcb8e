<?php
/**
 * Plugin Name: SIP Elements
 * Description: A phone in the corner of a page: [sip_phone server="wss://pbx.example.com/ws" profile="standard"]
 * Version: 0.1.0
 * Requires at least: 6.5
 * Requires PHP: 7.4
 * License: MIT
 *
 * Beside this file is the folder `loader` of the package's `dist`.
 */

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

add_shortcode(
	'sip_phone',
	static function ( $given ) {
		$attributes = shortcode_atts(
			array(
				'server'     => '',
				'profile'    => '',
				'domain'     => '',
				'dial-rules' => '',
			),
			(array) $given,
			'sip_phone'
		);
		wp_enqueue_script_module(
			'sip-elements',
			plugins_url( 'loader/sip-elements-loader.js', __FILE__ ),
			array(),
			'0.1.0'
		);
		$written = '';
		foreach ( array_filter( $attributes ) as $name => $value ) {
			$written .= sprintf( ' %s="%s"', $name, esc_attr( $value ) );
		}
		return "<sip-phone corner links login$written></sip-phone>";
	}
);
